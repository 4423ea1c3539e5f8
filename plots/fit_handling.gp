# fit_handling.gp - for each queue, or its talk and wrap-up each: above, the share of calls that last
# longer, seen and fitted; below, the fitted times against the seen ones of equal rank: on the line
# where the fit is right.
data = ARG1; picture = ARG2; format = ARG3
panel = 620.
load ARG0[1:strlen(ARG0) - strlen("fit_handling.gp")]."style.gp"

do for [k = 0:panels - 1] {
    facts = 3 * k + 1
    unset logscale; set xrange [*:*]; set yrange [*:*]
    stats data index facts using (name = strcol(1), words = strcol(2), longest = column(3), \
        curve = strcol(4), what = strcol(5), 0) nooutput
    y = head + k * panel
    set label 3 heading(name, words) at screen left(20), top(y + 18) font big front
    set tmargin at screen top(y + 70 + keys); set bmargin at screen top(y + 250)
    set key at screen left(width - edge_right), screen top(y + 38) right top
    set xrange [0:longest]; set yrange [0:1]; set format y "%g"
    set ylabel "share that lasts longer"; set xlabel what." (s)"
    plot data index facts + 2 using 1:2 with steps linestyle 1 title "seen", \
         '' index facts + 2 using 1:3 with lines linestyle 3 title curve
    unset label

    set tmargin at screen top(y + 355 + keys); set bmargin at screen top(y + 560)
    set key at screen left(width - edge_right), screen top(y + 323) right top
    set logscale xy; set xrange [1:longest]; set yrange [1:longest]
    set ylabel "seen (s)"; set xlabel "fitted (s), at the same rank"
    set samples 100
    plot x with lines linestyle 4 title "equal", \
         data index facts + 1 using 1:2 with points pointtype 7 pointsize 0.5 linecolor rgb blue \
             title "every hundredth call"
}
unset multiplot
