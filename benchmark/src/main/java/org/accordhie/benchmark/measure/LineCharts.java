package org.accordhie.benchmark.measure;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Small pictures beside each other as one SVG: what each workload costs, step by step, with a line for each server. */
public final class LineCharts {

    private static final List<String> COLOURS = List.of("#1b6ca8", "#9aa5b1", "#c8553d", "#6a994e");
    private static final int COLUMNS = 3;
    private static final int WIDTH = 250;
    private static final int HEIGHT = 150;
    private static final int LEFT = 44;
    private static final int RIGHT = 14;
    private static final int ABOVE = 26;
    private static final int BELOW = 24;
    private static final int TOP = 48;

    private LineCharts() {}

    /**
     * Draws them.
     *
     * @param title what is shown
     * @param steps the names of the steps, from left to right
     * @param panels for each workload the values of each server, one for each step; not a number where there is none
     */
    public static String of(String title, List<String> steps, Map<String, Map<String, List<Double>>> panels) {
        var variants = panels.values().stream()
                .flatMap(panel -> panel.keySet().stream())
                .distinct()
                .toList();
        var rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                COLUMNS * WIDTH,
                TOP + rows * HEIGHT));
        svg.append(text(8, 18, "font-size=\"14\"", title));
        for (int index = 0; index < variants.size(); index++) {
            svg.append(text(8 + index * 90, 36, "fill=\"" + colour(index) + "\"", "— " + variants.get(index)));
        }
        var place = 0;
        for (var panel : panels.entrySet()) {
            var x = place % COLUMNS * WIDTH;
            var y = TOP + place / COLUMNS * HEIGHT;
            svg.append(new Panel(x, y, steps, variants, panel.getValue()).draw(panel.getKey()));
            place++;
        }
        return svg.append("</svg>\n").toString();
    }

    private record Panel(int x, int y, List<String> steps, List<String> variants, Map<String, List<Double>> values) {

        String draw(String name) {
            var most = values.values().stream()
                    .flatMap(List::stream)
                    .filter(Double::isFinite)
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(1);
            var svg = new StringBuilder(text(x + LEFT, y + 14, "font-weight=\"bold\"", name));
            svg.append(line(x + LEFT, bottom(), x + WIDTH - RIGHT, bottom()))
                    .append(line(x + LEFT, y + ABOVE, x + LEFT, bottom()))
                    .append(text(x + 6, y + ABOVE + 4, "", String.format(Locale.ROOT, "%.2f", most)))
                    .append(text(x + 6, bottom() + 4, "", "0"));
            for (int step = 0; step < steps.size(); step++) {
                svg.append(text(across(step), bottom() + 15, "text-anchor=\"middle\"", steps.get(step)));
            }
            for (int index = 0; index < variants.size(); index++) {
                svg.append(curve(values.getOrDefault(variants.get(index), List.of()), most, colour(index)));
            }
            return svg.toString();
        }

        private String curve(List<Double> points, double most, String colour) {
            var places = new StringBuilder();
            var dots = new StringBuilder();
            for (int step = 0; step < points.size(); step++) {
                if (Double.isFinite(points.get(step))) {
                    var height = bottom() - points.get(step) / most * (HEIGHT - ABOVE - BELOW);
                    places.append(String.format(Locale.ROOT, "%d,%.1f ", across(step), height));
                    dots.append(String.format(
                            Locale.ROOT,
                            "<circle cx=\"%d\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>%n",
                            across(step),
                            height,
                            colour));
                }
            }
            return String.format(
                            Locale.ROOT,
                            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n",
                            places.toString().strip(),
                            colour)
                    + dots;
        }

        private int across(int step) {
            var room = WIDTH - LEFT - RIGHT - 24;
            return x + LEFT + 12 + (steps.size() < 2 ? room / 2 : step * room / (steps.size() - 1));
        }

        private int bottom() {
            return y + HEIGHT - BELOW;
        }
    }

    private static String line(int x1, int y1, int x2, int y2) {
        return String.format(
                Locale.ROOT, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#333333\"/>%n", x1, y1, x2, y2);
    }

    private static String text(int x, int y, String style, String text) {
        return String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>%n", x, y, style, escaped(text));
    }

    private static String colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
