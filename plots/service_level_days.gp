# service_level_days.gp - how often a day has which service level; the target parts the bars.
data = ARG1; picture = ARG2; format = ARG3
panel = 400.
load ARG0[1:strlen(ARG0) - strlen("service_level_days.gp")]."style.gp"

do for [k = 0:panels - 1] {
    facts = 2 * k + 1
    stats data index facts using (name = strcol(1), verdict = strcol(2), often = strcol(3), \
        target_label = strcol(4), target = column(5), \
        from = column(6), to = column(7), 0) nooutput
    y = head + k * panel

    set label 3 heading(name, often) at screen left(20), top(y + 18) font big front
    set label 4 verdict at screen left(20), top(y + 42) textcolor rgb grey front
    set tmargin at screen top(y + 90 + keys); set bmargin at screen top(y + 325)
    set key at screen left(width - edge_right), screen top(y + 30 + 0.7 * keys) right top
    set xrange [from:to]; set yrange [0:0.1<*]
    set ylabel "share of ".replication."s (%)"; set xlabel "service level of the ".replication." (%)"
    set arrow 1 from target, graph 0 to target, graph 1.03 nohead front linestyle 3
    set label 5 target_label at target, graph 1.07 center front
    plot data index facts + 1 using 1:(0):1:2:(0):3 with boxxyerror fillstyle solid 1 \
             border rgb black linecolor rgb orange title "target missed", \
         '' index facts + 1 using 1:(0):1:2:(0):4 with boxxyerror fillstyle solid 1 \
             border rgb black linecolor rgb blue title "target met"
    unset label; unset arrow
}
unset multiplot
