# wait_distribution.gp - above, what has become of the callers after x seconds; below, how many
# waited how long. The line at the time limit meets the edge of the blue at the service level.
data = ARG1; picture = ARG2; format = ARG3
panel = 620.
load ARG0[1:strlen(ARG0) - strlen("wait_distribution.gp")]."style.gp"

boxed = mono ? "" : "boxed"
do for [k = 0:panels - 1] {
    facts = 3 * k + 1
    stats data index facts using (name = strcol(1), verdict = strcol(2), at_once = strcol(3), \
        mark = strcol(4), limit = column(5), target = column(6), level = column(7), \
        end = column(8), 0) nooutput
    y = head + k * panel

    set label 3 heading(name, verdict) at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 70 + keys / 2); set bmargin at screen top(y + 300 - keys / 4)
    set key at screen left(width - edge_right), screen top(y + 38) right top
    set xrange [0:end]; set yrange [0:100]
    set ylabel "share of callers (%)"; set xlabel ""
    if (limit >= 0) {
        set arrow 1 from limit, 0 to limit, 100 nohead front linestyle 3
        set arrow 2 from 0, target to limit, target nohead front linestyle 3
        set label 4 mark at limit, level offset 1.2, (level > 20 ? -1.4 : 2.4) front @boxed
        set label 5 "" at limit, level point pointtype 7 pointsize 1.1 linecolor rgb black front
    }
    if (mono) {
        plot data index facts + 1 using 1:2 with lines title "answered", \
             '' index facts + 1 using 1:3 with lines title "not yet hung up"
    } else {
        plot data index facts + 1 using 1:2 with filledcurves y=0 fillstyle solid 1 \
                 linecolor rgb blue title "answered", \
             '' index facts + 1 using 1:2:3 with filledcurves fillstyle solid 1 \
                 linecolor rgb light title "still waiting", \
             '' index facts + 1 using 1:3 with filledcurves y=100 fillstyle solid 1 \
                 linecolor rgb orange title "hung up", \
             '' index facts + 1 using 1:2 with lines linecolor rgb black linewidth 1, \
             '' index facts + 1 using 1:3 with lines linecolor rgb black linewidth 1
    }
    unset label; unset arrow

    set label 3 at_once at screen left(phone ? 20 : margin), top(y + 350 - keys / 4) front
    set tmargin at screen top(y + 370 + keys / 4); set bmargin at screen top(y + 545)
    set key at screen left(width - edge_right), screen top(y + 340 + keys / 4) right top
    block = facts + 2; highest = 4
    @floor_y
    set ylabel "calls a ".replication; set xlabel "time waited (s)"
    if (limit >= 0) { set arrow 1 from limit, graph 0 to limit, graph 1 nohead front linestyle 3 }
    plot data index facts + 2 using 1:(0):1:2:(0):4 with boxxyerror fillstyle solid 1 \
             border rgb black linecolor rgb orange title "hung up", \
         '' index facts + 2 using 1:(0):1:2:(0):3 with boxxyerror fillstyle solid 1 \
             border rgb black linecolor rgb blue title "answered"
    unset label; unset arrow
}
unset multiplot
