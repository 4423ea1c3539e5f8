# sweep.gp - what each point of a sweep gives, with intervals; exact curves beside a single line.
data = ARG1; picture = ARG2; format = ARG3
panel = 430.
load ARG0[1:strlen(ARG0) - strlen("sweep.gp")]."style.gp"

block = 1
do for [k = 0:panels - 1] {
    stats data index block using (name = strcol(1), what = strcol(2), axis = strcol(3), \
        target = column(4), target_label = strcol(5), lines = int(column(6)), \
        numbers = int(column(7)), b = int(column(8)), c = int(column(9)), a = int(column(10)), \
        steps = int(column(11)), 0) nooutput
    array names[lines]; places = ""
    highest = target >= 0 ? target : 0; lowest = 0
    do for [i = 1:lines] {
        stats data index block + i using (names[i] = strcol(9), highest = highest < column(4) ? column(4) : highest, \
            lowest = lowest > column(3) ? column(3) : lowest, 0) nooutput
    }
    y = head + k * panel
    rows = lines > 1 ? lines + (target >= 0) : 1
    set label 3 name at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 40 + 20 * rows); set bmargin at screen top(y + panel - 65)
    set key at screen left(width - edge_right), screen top(y + 6) right top vertical maxrows 6
    if (lines == 1) { set key horizontal maxrows 1 at screen left(width - edge_right), screen top(y + 24) }
    set xlabel axis; set ylabel what; set yrange [1.06 * lowest:highest > 0 ? 1.06 * highest : lowest < 0 ? 0 : 1]
    if (numbers) { set xtics autofreq; set xrange [*:*]; set offsets graph 0.04, graph 0.04, 0, 0 }
    if (numbers && steps <= 14) {
        set xtics ()
        stats data index block + 1 using (places = places." ".strcol(1), 0) nooutput
        do for [x in places] { set xtics add (x real(x)) }
    }
    if (!numbers) {
        set xtics (); set xrange [0.5:steps + 0.5]; set offsets 0, 0, 0, 0
        array labels[steps]
        stats data index block + 1 using (labels[int(column(1))] = strcol(8), 0) nooutput
        do for [i = 1:steps] { if (strlen(labels[i])) { set xtics add (labels[i] i) } }
        undefine labels
    }
    if (lines > 1) {
        plot for [i = 1:lines] data index block + i using 1:2:3:4 with yerrorbars \
                 linecolor rgb word(palette, i) linewidth 2 pointtype 2 * i + 3 notitle, \
             for [i = 1:lines] '' index block + i using 1:2 with linespoints linewidth 2 \
                 linecolor rgb word(palette, i) dashtype i pointtype 2 * i + 3 title names[i], \
             target >= 0 ? target : NaN with lines linestyle 3 title target >= 0 ? target_label : ""
    } else {
        plot data index block + 1 using 1:(c ? column(6) : NaN) with lines linestyle 4 linewidth 2 title c ? "Erlang C" : "", \
             '' index block + 1 using 1:(a ? column(7) : NaN) with lines linestyle 5 title a ? "Erlang A" : "", \
             '' index block + 1 using 1:(b ? column(5) : NaN) with lines linestyle 5 title b ? "Erlang B" : "", \
             target >= 0 ? target : NaN with lines linestyle 3 title target >= 0 ? target_label : "", \
             data index block + 1 using 1:2:3:4 with yerrorbars linestyle 2 pointtype 7 title "simulated"
    }
    unset label; unset arrow; undefine names
    block = block + 1 + lines
}
unset multiplot
