# queue_over_day.gp - how many are waiting over the day or week: the mean, the middle half of the
# days and, lighter, nine of ten.
data = ARG1; picture = ARG2; format = ARG3
panel = 350.; clock = 1
load ARG0[1:strlen(ARG0) - strlen("queue_over_day.gp")]."style.gp"

do for [k = 0:panels - 1] {
    facts = 2 * k + 4
    stats data index facts using (name = strcol(1), numbers = strcol(2), 0) nooutput
    y = head + k * panel

    set label 3 heading(name, numbers) at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 70 + room + keys); set bmargin at screen top(y + 275)
    set key at screen left(width - edge_right), screen top(y + 38) right top
    block = facts + 1; highest = 8
    @floor_y
    set ylabel "calls waiting"; set xlabel "time of day"
    plot data index facts + 1 using 1:5:1:2:5:8 with boxxyerror fillstyle solid 1 noborder \
             linecolor rgb pale title "9 ".replication."s of 10", \
         '' index facts + 1 using 1:6:1:2:6:7 with boxxyerror fillstyle solid 1 noborder \
             linecolor rgb sky title "5 ".replication."s of 10", \
         '' index facts + 1 using 3:4 with lines linecolor rgb black linewidth 2 title "mean"
    unset label
}
unset multiplot
