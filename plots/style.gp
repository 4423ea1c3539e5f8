# style.gp - what all plots share: terminal, colours, dashes, fonts, the layout of panels.
#
# A plot is called as: gnuplot -c NAME.gp DATA PICTURE FORMAT. The format is svg, png, pdf or term
# (characters, 80 columns), or one of the two svg that a report holds: page, without heading, and
# phone, narrow. NAME.gp sets `data`, `picture`, `format` and `panel` (the height of one panel in px)
# and loads this file. It reads block 0 of the data file: title (a question), sub-title, number of
# panels, what a replication is. With `clock = 1` it sets up the axis of time as well: its ends
# `from` and `to`, ticks, the names of days and lines between.
#
# What a script may use: left(px), top(px) place things, from `margin` to `width - edge_right`;
# `head` is where panels begin; panels begin at head + k * panel; `keys` is the room that keys take
# above a graph where they need more lines; heading(name, words) is what heads a panel, in the font
# `big`; line styles 1 to 5; the colours below, in the order of
# `palette` (lines) or `fills` (areas) where there are several; `mono` is 1 where areas cannot be filled.
#
# Colours: Okabe and Ito (2008), told apart by the colour-blind; neighbours in a list differ in
# lightness, so that they are told apart in black and white. Lines differ in dashes, points in form.

set encoding utf8
stats data index 0 using (title = strcol(1), subtitle = strcol(2), panels = int(column(3)), \
    replication = strcol(4), 0) nooutput

blue = "#0072B2"; sky = "#56B4E9"; orange = "#E69F00"; vermillion = "#D55E00"
green = "#009E73"; black = "#000000"; grey = "#6B6B6B"; light = "#E4E4E4"; pale = "#B5DAF1"
palette = blue." ".orange." ".green." ".sky." ".grey    # of lines
fills = blue." ".orange." ".green." ".pale." ".grey     # of areas that touch

# Pixels: a head, the panels below one another, a foot.
page = format eq "page" || format eq "phone"; phone = format eq "phone"; mono = format eq "term"
width = phone ? 420. : 900.; margin = phone ? 68. : 86.; edge_right = phone ? 20. : 26.
head = page ? 0. : 70.; foot = page ? 0. : 14.; keys = phone || mono ? 36. : 0.
big = phone ? ",13" : ",15"
height = head + panels * panel + foot

if (format eq "svg") {
    set terminal svg size width, height font "Arial,Helvetica,sans-serif,14" noenhanced background "white"
}
if (page) {
    # transparent: the page's own ground, light or dark
    set terminal svg size width, height font "Arial,Helvetica,sans-serif,14" noenhanced
}
if (format eq "png") {
    set terminal pngcairo size width, height font "Sans,10.5" noenhanced
}
if (format eq "pdf") {
    set terminal pdfcairo size width / 100, height / 100 font "Sans,10.5" noenhanced
}
if (format eq "term") {
    set terminal dumb size 80, int(height / 18) aspect 1 noenhanced mono
}
set output picture

# Positions in px from the left and from the top, as parts of the whole.
left(x) = x / width
top(y) = 1 - y / height
# What heads a panel; beside a narrow picture the page says the rest.
heading(name, words) = phone ? name : name.": ".words

set style line 1 linecolor rgb black linewidth 2 dashtype 1
set style line 2 linecolor rgb blue linewidth 2.5 dashtype 1
set style line 3 linecolor rgb vermillion linewidth 2 dashtype (8, 5)
set style line 4 linecolor rgb grey linewidth 1.5 dashtype (3, 4)
set style line 5 linecolor rgb green linewidth 2 dashtype (6, 6)
# @floor_y sets the axis from 0 to what column `highest` of block `block` needs, also where all of it
# is 0, of which gnuplot would warn.
floor_y = "set yrange [*:*]; stats data index block using (column(highest)) nooutput; \
    if (STATS_max > 0) { set yrange [0:0.1<*] } else { set yrange [0:1] }"
set samples 2 # functions are straight lines
set border 3 linecolor rgb grey
if (phone) { set ylabel offset 1 }
set tics nomirror out scale 0.6
if (!mono) { set grid ytics linecolor rgb light linewidth 1 dashtype 1 }
set lmargin at screen left(margin)
set rmargin at screen left(width - edge_right)
set key horizontal noautotitle samplen (phone ? 1.4 : 1.8)
if (phone) { set key width -1 }
if (keys > 0) { set key maxrows 2 } else { set key maxrows 1 }
set offsets 0, 0, graph 0.06, 0
set style textbox opaque noborder fillcolor rgb "white"

# Boxes have outlines, but for a week's, which are too narrow; `edge_` is the outline's colour.
# `room` is what the names of days need above a graph.
crowded = 0; room = 0
if (exists("clock")) {
    stats data index 1 using (from = column(1), to = column(2), crowded = int(column(3)), 0) nooutput
    places = ""; names = ""
    stats data index 2 using (places = places." ".strcol(1), names = names." ".strcol(2), 0) nooutput
    set xtics ("" from)
    # a narrow picture has no room for all: every second or third, or in a week the days alone
    each = phone ? int(ceil(words(places) * 50. / (width - margin - edge_right))) : mono && words(places) > 8 ? 2 : 1
    hours = places; clocks = names
    places = ""; names = ""; lines = ""
    stats data index 3 using (places = places." ".strcol(1), names = names." ".strcol(2), \
        lines = lines." ".strcol(3), 0) nooutput
    if (!phone || words(names) == 0) {
        do for [i = 1:words(hours):each] { set xtics add (word(clocks, i) real(word(hours, i))) }
    }
    set xrange [from:to]
    if (words(names) > 0) {
        room = 22
        set x2range [from:to]
        set x2tics () scale 0 offset 0, -0.3
        do for [i = 1:words(names)] { set x2tics add (word(names, i) real(word(places, i))) }
    }
    do for [x in lines] {
        if (real(x) >= 0) {
            set arrow from real(x), graph 0 to real(x), graph 1 nohead back linecolor rgb grey \
                linewidth 0.7 dashtype (3, 3)
        }
    }
}
edge_blue = crowded ? blue : black; edge_orange = crowded ? orange : black
edge = crowded ? 0.5 : 1

set multiplot
if (!page) {
    set label 1 title at screen left(20), top(24) font ",18" front
    set label 2 subtitle at screen left(20), top(48) textcolor rgb grey front
}
