# day_profile.gp - above, the calls of each part of the day or week; below, its service level (or mean wait)
# with its confidence interval and, lighter, what nine days of ten show.
data = ARG1; picture = ARG2; format = ARG3
panel = 565.; clock = 1
load ARG0[1:strlen(ARG0) - strlen("day_profile.gp")]."style.gp"

do for [k = 0:panels - 1] {
    facts = 2 * k + 4
    stats data index facts using (name = strcol(1), verdict = strcol(2), calls = strcol(3), \
        axis = strcol(4), target_label = strcol(5), target = column(6), high = column(7), \
        0) nooutput
    y = head + k * panel

    set label 3 heading(name, verdict) at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 70 + room + keys); set bmargin at screen top(y + 250)
    set key at screen left(width - edge_right), screen top(y + 38) right top
    block = facts + 1; highest = 6
    @floor_y
    set ylabel calls; set xlabel ""
    plot data index facts + 1 using 1:(0):1:2:(0):6 with boxxyerror fillstyle solid 1 \
             border rgb edge_orange linewidth edge linecolor rgb orange title "hung up", \
         '' index facts + 1 using 1:(0):1:2:(0):5 with boxxyerror fillstyle solid 1 \
             border rgb edge_blue linewidth edge linecolor rgb blue title "answered"
    unset label

    set tmargin at screen top(y + 315 + room + keys); set bmargin at screen top(y + 490)
    set key at screen left(width - edge_right), screen top(y + 287) right top
    if (high >= 0) { set yrange [0:high] }
    set ylabel axis; set xlabel "time of day"
    if (target >= 0) { set arrow 99 from from, target to to, target nohead front linestyle 3 }
    if (crowded) {
        plot data index facts + 1 using 1:10:1:2:10:11 with boxxyerror fillstyle solid 1 noborder \
                 linecolor rgb pale title "9 ".replication."s of 10", \
             '' index facts + 1 using 1:8:1:2:8:9 with boxxyerror fillstyle solid 1 noborder \
                 linecolor rgb sky title "interval of the mean", \
             '' index facts + 1 using 3:7 with lines linecolor rgb black linewidth 1.5 title "mean", \
             for [i = 1:(target >= 0)] target with lines linestyle 3 title target_label
    } else {
        plot data index facts + 1 using 1:10:1:2:10:11 with boxxyerror fillstyle solid 1 noborder \
                 linecolor rgb pale title "9 ".replication."s of 10", \
             '' index facts + 1 using 3:7 with lines linecolor rgb black linewidth 1, \
             '' index facts + 1 using 3:7:8:9 with yerrorbars linecolor rgb black linewidth 1.5 \
                 pointtype 7 pointsize 0.8 title "mean ± interval", \
             for [i = 1:(target >= 0)] target with lines linestyle 3 title target_label
    }
    unset arrow 99
}
unset multiplot
