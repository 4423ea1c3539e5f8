# compare.gp - how far each variant is from the base, with intervals; zero is no difference.
data = ARG1; picture = ARG2; format = ARG3
stats data index 1 using (most = column(3), 0) nooutput
panel = 166. + 34. * most
load ARG0[1:strlen(ARG0) - strlen("compare.gp")]."style.gp"

set ytics scale 0; unset grid; set grid xtics linecolor rgb light linewidth 1 dashtype 1
set lmargin at screen left(phone ? 130 : 170)
# the verdicts stand at the right, where no line crosses them; the words beside a narrow picture say them
if (phone) { set rmargin at screen left(width - edge_right) }
if (!phone) { set rmargin at screen left(width - 290); set y2tics scale 0 textcolor rgb black }
unset key
set offsets 0, 0, 0, 0
do for [k = 0:panels - 1] {
    facts = 2 * k + 1
    set xrange [*:*]; set yrange [*:*]
    stats data index facts using (what = strcol(1), axis = strcol(2), n = column(3), \
        aimed = int(column(4)), target = column(5), 0) nooutput
    y = head + k * panel
    set label 3 what at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 54); set bmargin at screen top(y + panel - 66)
    set xlabel phone ? "difference ".word(axis, words(axis)) : axis
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead back linecolor rgb black linewidth 1.5
    low = aimed && target < 0 ? target : 0; high = aimed && target > 0 ? target : 0
    stats data index facts + 1 using (low = column(3) < low ? column(3) : low, \
        high = column(4) > high ? column(4) : high, 0) nooutput
    edge = high > low ? 0.06 * (high - low) : 1
    set xrange [low - edge:high + edge]; set yrange [0.4:n + 0.6]
    if (aimed) {
        set arrow 2 from target, graph 0 to target, graph 1.02 nohead front linestyle 3
        set label 5 "target" at target, graph 1.09 center front
    }
    set y2range [0.4:n + 0.6]
    if (phone) {
        plot data index facts + 1 using 2:1:3:4:ytic(6) with xerrorbars linecolor rgb blue \
                 linewidth 2.5 pointtype 7 pointsize 0.9
    } else {
        plot data index facts + 1 using 2:1:3:4:ytic(6):y2tic(7) with xerrorbars linecolor rgb blue \
                 linewidth 2.5 pointtype 7 pointsize 0.9
    }
    unset label; unset arrow
}
unset multiplot
