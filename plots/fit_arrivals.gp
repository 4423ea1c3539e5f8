# fit_arrivals.gp - expected calls by time of day, a line for each weekday.
data = ARG1; picture = ARG2; format = ARG3
panel = 400.
load ARG0[1:strlen(ARG0) - strlen("fit_arrivals.gp")]."style.gp"

stats data index 1 using (from = column(1), to = column(2), axis = strcol(3), words = strcol(4), \
    0) nooutput
array name[7]
do for [w = 1:7] { stats data index 1 using (name[w] = strcol(4 + w), 0) nooutput }

set label 3 words at screen left(20), top(head + 18) font big front
set tmargin at screen top(head + 70 + keys); set bmargin at screen top(head + panel - 60)
set key at screen left(width - edge_right), screen top(head + 38) right top samplen (phone ? 2 : 3.5)
set xrange [from:to]; set yrange [0:*]
set xtics 0, (phone ? 14400 : 7200)
set xtics format "%tH:%tM" time
set ylabel axis; set xlabel "time of day"
plot for [w = 1:7] data index 2 using 1:2 + w with steps linewidth 2 \
    linecolor rgb word(palette." ".vermillion." ".black, w) dashtype w title name[w]
unset multiplot
