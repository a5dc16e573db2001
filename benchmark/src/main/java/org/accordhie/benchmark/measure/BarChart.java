package org.accordhie.benchmark.measure;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Throughput ratios as an SVG picture: a group of bars for each workload, and a line where the baseline is. */
public final class BarChart {

    private static final List<String> COLOURS = List.of("#1b6ca8", "#9aa5b1", "#c8553d", "#6a994e");
    private static final int LABELS = 190;
    private static final int WIDTH = 520;
    private static final int NUMBERS = 60;
    private static final int BAR = 12;
    private static final int GAP = 10;
    private static final int TOP = 58;

    private BarChart() {}

    /**
     * Draws the rows of one number of clients.
     *
     * @param title what is shown
     * @param workloads the rows of each workload
     * @param variants the servers, in the order of their colours
     */
    public static String of(String title, Map<String, List<Row>> workloads, List<String> variants) {
        var scale = WIDTH / scaleEnd(workloads);
        var height = TOP
                + workloads.values().stream()
                        .mapToInt(rows -> rows.size() * BAR + GAP)
                        .sum();
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text x=\"8\" y=\"18\" font-size=\"14\">%s</text>%n",
                LABELS + WIDTH + NUMBERS,
                height,
                escaped(title)));
        legend(svg, variants);
        var y = TOP;
        for (var workload : workloads.entrySet()) {
            text(svg, 8, y + BAR * workload.getValue().size() / 2 + 4, workload.getKey());
            for (var row : workload.getValue()) {
                bar(svg, y, scale, row, variants);
                y += BAR;
            }
            y += GAP;
        }
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#333333\" stroke-dasharray=\"3 3\"/>%n",
                LABELS + scale,
                TOP - 6,
                height - GAP / 2));
        return svg.append("</svg>\n").toString();
    }

    private static double scaleEnd(Map<String, List<Row>> workloads) {
        return workloads.values().stream()
                        .flatMap(List::stream)
                        .mapToDouble(row -> row.ratio().median())
                        .filter(Double::isFinite)
                        .max()
                        .orElse(1)
                * 1.05;
    }

    private static void legend(StringBuilder svg, List<String> variants) {
        var x = 8;
        for (var variant : variants) {
            rectangle(svg, x, 28, 10, colour(variant, variants));
            text(svg, x + 14, 37, variant);
            x += 30 + variant.length() * 7;
        }
    }

    private static void bar(StringBuilder svg, int y, double scale, Row row, List<String> variants) {
        var ratio = row.ratio().median();
        if (Double.isFinite(ratio)) {
            rectangle(svg, LABELS, y, ratio * scale, colour(row.series().variant(), variants));
            text(svg, (int) (LABELS + ratio * scale) + 4, y + BAR - 2, String.format(Locale.ROOT, "%.2f", ratio));
        }
    }

    private static String colour(String variant, List<String> variants) {
        return COLOURS.get(Math.max(0, variants.indexOf(variant)) % COLOURS.size());
    }

    private static void rectangle(StringBuilder svg, int x, int y, double width, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                BAR - 2,
                colour));
    }

    private static void text(StringBuilder svg, int x, int y, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
