# fit_patience.gp - for each queue: above, the share of callers still waiting, with its band, as written
# and as a naive mean would have it; below, how fast they hang up.
data = ARG1; picture = ARG2; format = ARG3
panel = 600.
load ARG0[1:strlen(ARG0) - strlen("fit_patience.gp")]."style.gp"

do for [k = 0:panels - 1] {
    facts = 4 * k + 1
    stats data index facts using (name = strcol(1), words = strcol(2), longest = column(3), \
        naive = column(4), 0) nooutput
    y = head + k * panel
    set label 3 heading(name, words) at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 70 + keys); set bmargin at screen top(y + 275)
    set key at screen left(width - edge_right), screen top(y + 38) right top
    set xrange [0:longest]; set yrange [0:1]
    set ylabel "share still waiting"; set xlabel ""
    plot data index facts + 1 using 1:3:4 with filledcurves fillstyle solid 1 noborder \
             linecolor rgb pale title "95 % interval", \
         '' index facts + 1 using 1:2 with steps linestyle 1 title "seen", \
         '' index facts + 2 using 1:2 with lines linestyle 2 title "fitted", \
         '' index facts + 2 using 1:(naive >= 0 ? $3 : NaN) with lines linestyle 3 title naive >= 0 ? "naive" : ""
    unset label

    set tmargin at screen top(y + 360 + keys); set bmargin at screen top(y + 540)
    set key at screen left(width - edge_right), screen top(y + 328) right top
    highest = 3; block = facts + 3; @floor_y
    set ylabel "hang up a minute"; set xlabel "wait (s)"
    plot data index facts + 3 using 1:(0):1:2:(0):3 with boxxyerror fillstyle solid 1 \
             border rgb sky linecolor rgb pale title "seen", \
         '' index facts + 3 using 1:4 with steps linestyle 2 title "fitted"
}
unset multiplot
