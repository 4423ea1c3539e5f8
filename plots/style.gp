# style.gp - what all plots share: terminal, colours, fonts, the layout of panels.
#
# A plot is called as: gnuplot -c NAME.gp DATA PICTURE FORMAT (svg, png, pdf or term). NAME.gp sets
# `data`, `picture`, `format` and `panel` (the height of one panel in px) and loads this file. It
# reads the head of the data file: title, sub-title, number of panels. With `clock = 1` it sets up
# the axis of time as well: its ends `from` and `to`, ticks, the names of days and lines between.
#
# Colours: Okabe and Ito (2008), told apart by the colour-blind and, by their lightness, in black
# and white. Lines differ in their dashes as well.

set encoding utf8
stats data index 0 using (title = strcol(1), subtitle = strcol(2), panels = int(column(3)), \
    replication = strcol(4), 0) nooutput

blue = "#0072B2"; sky = "#56B4E9"; orange = "#E69F00"; vermillion = "#D55E00"
green = "#009E73"; black = "#000000"; grey = "#767676"; light = "#E4E4E4"; pale = "#B5DAF1"

# Pixels: a head, the panels below one another, a foot.
width = 900.; head = 70.; foot = 14.
height = head + panels * panel + foot

if (format eq "svg") {
    set terminal svg size width, height font "Arial,Helvetica,sans-serif,14" noenhanced background "white"
}
if (format eq "png") {
    set terminal pngcairo size width, height font "Sans,10.5" noenhanced
}
if (format eq "pdf") {
    set terminal pdfcairo size width / 100, height / 100 font "Sans,10.5" noenhanced
}
if (format eq "term") {
    set terminal dumb size 100, int(height / 16) noenhanced mono
}
set output picture

# Positions in px from the left and from the top, as parts of the whole.
left(x) = x / width
top(y) = 1 - y / height

set style line 1 linecolor rgb black linewidth 2 dashtype 1
set style line 2 linecolor rgb blue linewidth 2.5 dashtype 1
set style line 3 linecolor rgb vermillion linewidth 2 dashtype (8, 5)
set style line 4 linecolor rgb grey linewidth 1.5 dashtype (3, 4)
set style line 5 linecolor rgb green linewidth 2 dashtype (6, 6)
set border 3 linecolor rgb grey
set tics nomirror out scale 0.6
set grid ytics linecolor rgb light linewidth 1 dashtype 1
set lmargin at screen left(86)
set rmargin at screen left(width - 26)
set key horizontal maxrows 1 noautotitle samplen 1.8
set offsets 0, 0, graph 0.06, 0
set style textbox opaque noborder fillcolor rgb "white"

# Boxes have outlines, but for a week's, which are too narrow; `edge_` is the outline's colour.
# `room` is what the names of days need above a graph.
crowded = 0; room = 0
if (exists("clock")) {
    stats data index 1 using (from = column(1), to = column(2), crowded = int(column(3)), 0) nooutput
    places = ""; names = ""
    stats data index 2 using (places = places." ".strcol(1), names = names." ".strcol(2), 0) nooutput
    set xtics ()
    do for [i = 1:words(places)] { set xtics add (word(names, i) real(word(places, i))) }
    places = ""; names = ""; lines = ""
    stats data index 3 using (places = places." ".strcol(1), names = names." ".strcol(2), \
        lines = lines." ".strcol(3), 0) nooutput
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
set label 1 title at screen left(20), top(24) font ",18" front
set label 2 subtitle at screen left(20), top(48) textcolor rgb grey front
