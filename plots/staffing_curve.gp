# staffing_curve.gp - what each number of agents gives: service, hanging up, waits, occupancy, with
# intervals, and what Erlang B, C and A say where they apply.
data = ARG1; picture = ARG2; format = ARG3
panel = 290.
load ARG0[1:strlen(ARG0) - strlen("staffing_curve.gp")]."style.gp"

block = 1
do for [k = 0:panels - 1] {
    stats data index block using (name = strcol(1), what = strcol(2), axis = strcol(3), \
        target = column(4), target_label = strcol(5), lines = int(column(6)), \
        b = int(column(8)), c = int(column(9)), a = int(column(10)), \
        steps = int(column(11)), 0) nooutput
    highest = target >= 0 ? target : 0
    stats data index block + 1 using (highest = highest < column(4) ? column(4) : highest, 0) nooutput
    y = head + k * panel
    set label 3 heading(name, what) at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 44 + keys); set bmargin at screen top(y + panel - 62)
    set key at screen left(width - edge_right), screen top(y + 24 + 0.7 * keys) right top
    set xlabel axis; set ylabel what; set xrange [*:*]; set yrange [0:highest > 0 ? 1.1 * highest : 1]
    set offsets graph 0.04, graph 0.04, 0, 0
    set xtics autofreq; places = ""
    if (steps <= 20) {
        set xtics ()
        stats data index block + 1 using (places = places." ".strcol(1), 0) nooutput
        do for [x in places] { set xtics add (x real(x)) }
    }
    if (target >= 0) {
        set arrow 1 from graph 0, first target to graph 1, first target nohead front linestyle 3
        set label 5 target_label at graph 0.99, first target offset 0, -0.7 right front textcolor rgb vermillion
    }
    plot data index block + 1 using 1:(c ? column(6) : NaN) with lines linestyle 4 linewidth 2 title c ? "Erlang C" : "", \
         '' index block + 1 using 1:(a ? column(7) : NaN) with lines linestyle 5 title a ? "Erlang A" : "", \
         '' index block + 1 using 1:(b ? column(5) : NaN) with lines linestyle 5 title b ? "Erlang B" : "", \
         '' index block + 1 using 1:2:3:4 with yerrorbars linestyle 2 pointtype 7 title "simulated"
    unset label; unset arrow
    block = block + 1 + lines
}
unset multiplot
