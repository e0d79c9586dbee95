package io.cleave.testbed.chart;

import static io.cleave.testbed.chart.Panel.px;

import java.io.IOException;
import java.util.List;

/**
 * Times that grow with the size of a problem, on logarithmic axes, as one SVG that needs nothing
 * else. Light or dark as the reader's system is.
 */
public final class GrowthSvg {
  private static final double LEFT = 90;
  private static final double TOP = 70;
  private static final double WIDTH = 760;
  private static final double HEIGHT = 420;
  static final String STYLE =
      """
      <style>
      :root { --paper: #ffffff; --ink: #1b2330; --soft: #5d6878; --line: #dde2e9;
        --a: #1f6fb4; --b: #b4541f; --c: #3b8a3b; --d: #7a4fb0; }
      @media (prefers-color-scheme: dark) { :root { --paper: #14181f; --ink: #e8ecf2;
        --soft: #9aa5b5; --line: #2c3441; --a: #6cb2f0; --b: #f0a06c; --c: #7fcf7f; --d: #bd9bf0; } }
      text { font: 13px system-ui, sans-serif; fill: var(--soft); }
      .name { font-size: 18px; font-weight: 600; fill: var(--ink); }
      .end { text-anchor: end; } .mid { text-anchor: middle; } .paper { fill: var(--paper); }
      .grid { stroke: var(--line); fill: none; } .axis { stroke: var(--soft); fill: none; }
      .line { fill: none; stroke-width: 2; }
      .c0 { stroke: var(--a); } .c1 { stroke: var(--b); } .c2 { stroke: var(--c); }
      .c3 { stroke: var(--d); }
      .t0 { fill: var(--a); } .t1 { fill: var(--b); } .t2 { fill: var(--c); } .t3 { fill: var(--d); }
      </style>
      """;

  private GrowthSvg() {}

  /**
   * One line.
   *
   * @param sizes above 0, ascending
   * @param seconds above 0, one a size
   */
  public record Line(String name, List<Double> sizes, List<Double> seconds) {}

  private record Axis(double low, double high) {
    double share(double value) {
      return (Math.log10(value) - low) / (high - low);
    }

    static Axis around(List<Double> values) {
      double least = values.stream().min(Double::compare).orElse(1.0);
      double most = values.stream().max(Double::compare).orElse(1.0);
      double low = Math.floor(Math.log10(least));
      return new Axis(low, Math.max(low + 1, Math.ceil(Math.log10(most) - 1e-9)));
    }
  }

  /**
   * Draws up to four lines.
   *
   * @param title over the picture
   * @param size what the sizes count
   */
  public static void write(String title, String size, List<Line> lines, Appendable text)
      throws IOException {
    Axis across = Axis.around(lines.stream().flatMap(line -> line.sizes().stream()).toList());
    Axis up = Axis.around(lines.stream().flatMap(line -> line.seconds().stream()).toList());
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1060 560\" role=\"img\">\n");
    svg.append("<title>%s</title>\n".formatted(title)).append(STYLE);
    svg.append("<rect class=\"paper\" width=\"1060\" height=\"560\"/>\n");
    svg.append("<text class=\"name\" x=\"%s\" y=\"36\">%s</text>\n".formatted(px(LEFT), title));
    grid(svg, across, up);
    svg.append(
        "<text class=\"mid\" x=\"%s\" y=\"%s\">%s</text>\n"
            .formatted(px(LEFT + WIDTH / 2), px(TOP + HEIGHT + 44), size));
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), i, across, up);
    }
    text.append(svg).append("</svg>\n");
  }

  private static void grid(StringBuilder svg, Axis across, Axis up) {
    for (double power = up.low(); power <= up.high(); power++) {
      String y = px(TOP + HEIGHT * (1 - up.share(Math.pow(10, power))));
      svg.append("<path class=\"grid\" d=\"M%s %sh%s\"/>".formatted(px(LEFT), y, px(WIDTH)));
      svg.append(
          "<text class=\"end\" x=\"%s\" y=\"%s\" dy=\"4\">%s</text>\n"
              .formatted(px(LEFT - 8), y, time(power)));
    }
    for (double power = across.low(); power <= across.high(); power++) {
      String x = px(LEFT + WIDTH * across.share(Math.pow(10, power)));
      svg.append("<path class=\"grid\" d=\"M%s %sv%s\"/>".formatted(x, px(TOP), px(HEIGHT)));
      svg.append(
          "<text class=\"mid\" x=\"%s\" y=\"%s\">%s</text>\n"
              .formatted(x, px(TOP + HEIGHT + 20), ShortNumber.of(Math.pow(10, power))));
    }
  }

  private static String time(double power) {
    double seconds = Math.pow(10, power);
    return power < -3
        ? ShortNumber.of(seconds * 1e6) + " us"
        : power < 0 ? ShortNumber.of(seconds * 1e3) + " ms" : ShortNumber.of(seconds) + " s";
  }

  private static void line(StringBuilder svg, Line line, int colour, Axis across, Axis up) {
    StringBuilder path = new StringBuilder();
    double x = 0;
    double y = 0;
    for (int i = 0; i < line.sizes().size(); i++) {
      x = LEFT + WIDTH * across.share(line.sizes().get(i));
      y = TOP + HEIGHT * (1 - up.share(line.seconds().get(i)));
      path.append(i == 0 ? 'M' : 'L').append(px(x)).append(' ').append(px(y));
      svg.append(
          "<circle class=\"t%d\" cx=\"%s\" cy=\"%s\" r=\"3.5\"/>".formatted(colour, px(x), px(y)));
    }
    svg.append("<path class=\"line c%d\" d=\"%s\"/>".formatted(colour, path));
    svg.append(
        "<text class=\"t%d\" x=\"%s\" y=\"%s\" dy=\"4\">%s</text>\n"
            .formatted(colour, px(x + 10), px(y), line.name()));
  }
}
