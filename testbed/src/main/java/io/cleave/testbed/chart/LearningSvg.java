package io.cleave.testbed.chart;

import static io.cleave.testbed.chart.Panel.px;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What a policy cost after each round of its training, with its standard error, as one SVG that
 * needs nothing else.
 */
public final class LearningSvg {
  private static final double LEFT = 90;
  private static final double TOP = 70;
  private static final double WIDTH = 760;
  private static final double HEIGHT = 320;
  private static final int STEPS = 5;

  private LearningSvg() {}

  /**
   * After a round.
   *
   * @param seconds since the training began
   * @param percent by which it cost more than the cost model alone; below 0 if less
   * @param error standard error of that
   */
  public record Point(double seconds, double percent, double error) {}

  /**
   * Draws them; 0, the cost model alone, is a line of its own.
   *
   * @param points at least one, in order of time
   */
  public static void write(List<Point> points, Appendable text) throws IOException {
    double lowest = 0;
    double highest = 0;
    for (Point point : points) {
      lowest = Math.min(lowest, point.percent() - 2 * point.error());
      highest = Math.max(highest, point.percent() + 2 * point.error());
    }
    new Picture(points, lowest, Math.max(highest, lowest + 0.1)).write(text);
  }

  private record Picture(List<Point> points, double lowest, double highest) {
    double x(double seconds) {
      return LEFT + WIDTH * seconds / points.get(points.size() - 1).seconds();
    }

    double y(double percent) {
      return TOP + HEIGHT * (highest - percent) / (highest - lowest);
    }

    void write(Appendable text) throws IOException {
      StringBuilder svg = new StringBuilder();
      svg.append(
          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 460\" role=\"img\">\n");
      svg.append("<title>Learning curve</title>\n").append(GrowthSvg.STYLE);
      svg.append("<rect class=\"paper\" width=\"900\" height=\"460\"/>\n");
      label(svg, "name", LEFT, 36, "Cost in validation, against the cost model alone");
      for (int step = 0; step <= STEPS; step++) {
        double percent = lowest + (highest - lowest) * step / STEPS;
        line(svg, "grid", LEFT, y(percent), LEFT + WIDTH, y(percent));
        label(
            svg, "end", LEFT - 8, y(percent) + 4, String.format(Locale.ROOT, "%+.1f %%", percent));
        double seconds = points.get(points.size() - 1).seconds() * step / STEPS;
        label(
            svg,
            "mid",
            x(seconds),
            TOP + HEIGHT + 22,
            String.format(Locale.ROOT, "%.0f s", seconds));
      }
      line(svg, "axis", LEFT, y(0), LEFT + WIDTH, y(0));
      curve(svg);
      text.append(svg).append("</svg>\n");
    }

    private void curve(StringBuilder svg) {
      double lastX = LEFT;
      double lastY = y(0);
      for (Point point : points) {
        double x = x(point.seconds());
        line(svg, "line c0", lastX, lastY, x, y(point.percent()));
        line(
            svg,
            "axis",
            x,
            y(point.percent() - point.error()),
            x,
            y(point.percent() + point.error()));
        svg.append(
            "<circle class=\"t0\" cx=\"%s\" cy=\"%s\" r=\"3.5\"/>\n"
                .formatted(px(x), px(y(point.percent()))));
        lastX = x;
        lastY = y(point.percent());
      }
    }

    private static void line(
        StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
      svg.append(
          "<path class=\"%s\" d=\"M%s %sL%s %s\"/>\n"
              .formatted(style, px(x1), px(y1), px(x2), px(y2)));
    }

    private static void label(StringBuilder svg, String style, double x, double y, String text) {
      svg.append(
          "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n".formatted(style, px(x), px(y), text));
    }
  }
}
