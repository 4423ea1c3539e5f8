# abandonment_curve.gp - who would still wait after x seconds: what the simulated waits tell, with
# its interval, and what the scenario was given.
data = ARG1; picture = ARG2; format = ARG3
panel = 350.
load ARG0[1:strlen(ARG0) - strlen("abandonment_curve.gp")]."style.gp"

do for [k = 0:panels - 1] {
    facts = 3 * k + 1
    stats data index facts using (name = strcol(1), says = strcol(2), end = column(3), \
        given = int(column(4)), 0) nooutput
    y = head + k * panel

    set label 3 heading(name, says) at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 70 + keys); set bmargin at screen top(y + 285)
    set key at screen left(width - edge_right), screen top(y + 38) right top
    set xrange [0:end]; set yrange [0:100]
    set ylabel "still patient (%)"; set xlabel "time waited (s)"
    plot for [i = 1:!mono] data index facts + 1 using 1:3:4 with filledcurves fillstyle solid 1 \
             linecolor rgb pale title "interval", \
         data index facts + 1 using 1:2 with lines linestyle 2 title "simulated", \
         for [i = 1:given] data index facts + 2 using 1:2 with lines linestyle 3 title "as given"
    unset label
}
unset multiplot
