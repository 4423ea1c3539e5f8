# staffing.gp - agents planned, present and busy over the day or week; the light band is what
# nine of ten need.
data = ARG1; picture = ARG2; format = ARG3
panel = 390.; clock = 1
load ARG0[1:strlen(ARG0) - strlen("staffing.gp")]."style.gp"

do for [k = 0:panels - 1] {
    facts = 2 * k + 4
    stats data index facts using (name = strcol(1), occupancy = strcol(2), shrinks = column(3), \
        0) nooutput
    y = head + k * panel

    set label 3 heading(name, occupancy) at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 70 + room + keys); set bmargin at screen top(y + 315)
    set key at screen left(width - edge_right), screen top(y + 38) right top
    set yrange [0:0.1<*]
    set ylabel "agents"; set xlabel "time of day"
    plot data index facts + 1 using 1:(mono ? NaN : column(7)):1:2:7:8 with boxxyerror \
             fillstyle solid 1 noborder linecolor rgb pale \
             title (mono ? "" : "9 ".replication."s of 10"), \
         '' index facts + 1 using 1:6 with steps linestyle 2 title "busy", \
         '' index facts + 1 using 1:4 with steps linestyle 1 title "planned", \
         '' index facts + 1 using 1:5 with steps linestyle 5 title "present", \
         '' index facts + 1 using 1:(shrinks > 0 ? column(3) : NaN) with steps linestyle 4 \
             title (shrinks > 0 ? "scheduled" : "")
    unset label
}
unset multiplot
