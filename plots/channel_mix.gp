# channel_mix.gp - contacts and, below, work of the queues, stacked over the day or week.
data = ARG1; picture = ARG2; format = ARG3
panel = 620.; clock = 1
load ARG0[1:strlen(ARG0) - strlen("channel_mix.gp")]."style.gp"

stats data index 4 using (layers = int(column(1)), contacts = strcol(2), work = strcol(3), 0) nooutput
array share[10]; k = 0
stats data index 5 using (k = k + 1, share[k] = strcol(2), share[k + 5] = strcol(3), 0) nooutput

do for [part = 0:1] {
    y = head + part * 305
    set tmargin at screen top(y + 60 + room / 2 + keys); set bmargin at screen top(y + 240)
    set key at screen left(width - edge_right), screen top(y + 8) right top
    block = 6; highest = 2 + 5 * part + layers
    @floor_y
    set ylabel (part ? work : contacts); set xlabel (part ? "time of day" : "")
    plot for [i = layers:1:-1] data index 6 \
        using 1:(0):1:2:(0):(column(2 + 5 * part + i)) with boxxyerror fillstyle solid 1 \
        border rgb (crowded ? word(fills, i) : black) linewidth edge \
        linecolor rgb word(fills, i) title share[i + 5 * part]
    unset label
}
unset multiplot
