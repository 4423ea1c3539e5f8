# staffing.gp - agents needed, planned, present and busy over the day or week; the light band is
# how many are busy on nine of ten. Of a search for the fewest agents (needed is 2): required, which
# is the light area, against planned.
data = ARG1; picture = ARG2; format = ARG3
panel = 390.; clock = 1
load ARG0[1:strlen(ARG0) - strlen("staffing.gp")]."style.gp"

do for [k = 0:panels - 1] {
    facts = 2 * k + 4
    stats data index facts using (name = strcol(1), occupancy = strcol(2), shrinks = int(column(3)), \
        needed = int(column(4)), 0) nooutput
    y = head + k * panel

    set label 3 heading(name, occupancy) at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 70 + room + keys); set bmargin at screen top(y + 315)
    set key at screen left(width - edge_right), screen top(y + 38) right top
    block = facts + 1; highest = needed == 2 ? 9 : 4
    @floor_y
    set ylabel "agents"; set xlabel "time of day"
    # what there is none of is drawn no times: gnuplot warns of curves without points
    if (needed == 2) {
        plot for [i = 1:!mono] data index facts + 1 using 1:9:1:2:(0):9 with boxxyerror \
                 fillstyle solid 1 noborder linecolor rgb pale, \
             data index facts + 1 using 1:6 with steps linestyle 2 title "busy", \
             '' index facts + 1 using 1:4 with steps linestyle 3 title "planned now", \
             for [i = 1:shrinks] '' index facts + 1 using 1:3 with steps linestyle 4 \
                 title "scheduled", \
             '' index facts + 1 using 1:9 with steps linestyle 1 title "required"
    } else {
        plot for [i = 1:!mono] data index facts + 1 using 1:7:1:2:7:8 with boxxyerror \
                 fillstyle solid 1 noborder linecolor rgb pale title "9 ".replication."s of 10", \
             data index facts + 1 using 1:6 with steps linestyle 2 title "busy", \
             '' index facts + 1 using 1:4 with steps linestyle 1 title "planned", \
             '' index facts + 1 using 1:5 with steps linestyle 5 title "present", \
             for [i = 1:shrinks] '' index facts + 1 using 1:3 with steps linestyle 4 \
                 title "scheduled", \
             for [i = 1:needed] '' index facts + 1 using 1:9 with steps linestyle 3 \
                 title "needed (Erlang)"
    }
    unset label
}
unset multiplot
