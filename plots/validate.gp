# validate.gp - calls, waits and hanging up by time of day: recorded, and simulated with the interval
# that the recorded mean should lie in.
data = ARG1; picture = ARG2; format = ARG3
panel = 276.
load ARG0[1:strlen(ARG0) - strlen("validate.gp")]."style.gp"

stats data index 1 using (from = column(1), to = column(2), verdict = strcol(3), 0) nooutput
# the cause under what is off, without the share of intervals, or it is too wide
more = strstrt(verdict, " ("); if (more > 1 && strstrt(verdict, "tells your past") == 0) { verdict = verdict[1:more - 1] }
cause = strstrt(verdict, ": the likeliest"); if (cause > 1) { verdict = verdict[1:cause]."\n".verdict[cause + 2:strlen(verdict)] }
array axis[3] = ["calls", "mean wait (s)", "hang up (%)"]
array times[3] = [1, 1, 100]
set xrange [from:to]; set yrange [0:*]
set xtics 0, (phone ? 14400 : 7200)
set xtics format "%tH:%tM" time
# the verdict, in as many lines as it takes
if (!phone) {
    line = ""; lines = ""
    do for [i = 1:words(verdict)] {
        if (strlen(line) + strlen(word(verdict, i)) > 100) { lines = lines.line."\n"; line = "" }
        line = line.(strlen(line) ? " " : "").word(verdict, i)
    }
    set label 3 lines.line at screen left(20), top(head + 8) font ",12" front
}
do for [k = 1:3] {
    y = head + 36 + (k - 1) * (panel - 14)
    set tmargin at screen top(y + 40 + keys); set bmargin at screen top(y + panel - 59)
    set key at screen left(width - edge_right), screen top(y + 10) right top
    set ylabel axis[k]
    set xlabel k == 3 ? "time of day" : ""
    scale = times[k]
    plot data index k + 1 using 1:(0):1:2:(scale * $6):(scale * $7) with boxxyerror \
             fillstyle solid 1 noborder linecolor rgb pale title "expected (95 %)", \
         '' index k + 1 using 3:(scale * $5) with lines linestyle 2 title "simulated", \
         '' index k + 1 using 3:(scale * $4) with linespoints linestyle 1 pointtype 7 pointsize 0.6 \
             title "recorded"
    unset label
}
unset multiplot
