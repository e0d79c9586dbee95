package io.cleave.testbed.chart;

import static io.cleave.testbed.chart.Panel.px;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Plans in the plane of seconds and joules as one SVG that needs nothing else: all as dots, those
 * that no other one beats joined, one of them marked. Light or dark as the reader's system is.
 */
public final class FrontSvg {
  private static final double LEFT = 90;
  private static final double TOP = 70;
  private static final double WIDTH = 760;
  private static final double HEIGHT = 420;

  private FrontSvg() {}

  /** A plan's place; finite, at least 0. */
  public record Dot(double seconds, double joules) {}

  /**
   * What is drawn.
   *
   * @param title over the picture
   * @param all plans
   * @param front of them, ascending in seconds
   * @param chosen the one to be marked
   * @param bound in seconds, drawn as a line if there is one
   */
  public record Picture(
      String title, List<Dot> all, List<Dot> front, Dot chosen, Optional<Double> bound) {
    public Picture {
      all = List.copyOf(all);
      front = List.copyOf(front);
    }
  }

  /** Writes it; plans far beyond the front and the chosen one are left out. */
  public static void write(Picture picture, Appendable text) throws IOException {
    Ticks across =
        Ticks.upTo(
            reach(
                picture.front().stream().mapToDouble(Dot::seconds).max().orElse(1),
                picture.chosen().seconds()),
            8);
    Ticks up =
        Ticks.upTo(
            reach(
                picture.front().stream().mapToDouble(Dot::joules).max().orElse(1),
                picture.chosen().joules()),
            8);
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 560\" role=\"img\">\n");
    svg.append("<title>%s</title>\n".formatted(escaped(picture.title()))).append(GrowthSvg.STYLE);
    svg.append("<rect class=\"paper\" width=\"900\" height=\"560\"/>\n");
    svg.append(
        "<text class=\"name\" x=\"%s\" y=\"36\">%s</text>\n"
            .formatted(px(LEFT), escaped(picture.title())));
    grid(svg, across, up);
    picture.bound().filter(b -> b <= across.top()).ifPresent(b -> bound(svg, b, across));
    for (Dot dot : picture.all()) {
      if (dot.seconds() <= across.top() && dot.joules() <= up.top()) {
        svg.append(circle(dot, across, up, "axis", 2.5));
      }
    }
    StringBuilder path = new StringBuilder();
    for (Dot dot : picture.front()) {
      path.append(path.isEmpty() ? 'M' : 'L').append(x(dot, across)).append(' ').append(y(dot, up));
      svg.append(circle(dot, across, up, "t0", 4));
    }
    svg.append("<path class=\"line c0\" d=\"%s\"/>\n".formatted(path));
    svg.append(circle(picture.chosen(), across, up, "line c1", 9));
    text.append(svg).append("</svg>\n");
  }

  private static double reach(double front, double chosen) {
    return 1.25 * Math.max(front, chosen);
  }

  private static String x(Dot dot, Ticks across) {
    return px(LEFT + WIDTH * dot.seconds() / across.top());
  }

  private static String y(Dot dot, Ticks up) {
    return px(TOP + HEIGHT * (1 - dot.joules() / up.top()));
  }

  private static String circle(Dot dot, Ticks across, Ticks up, String type, double radius) {
    return "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
        .formatted(type, x(dot, across), y(dot, up), px(radius));
  }

  private static void bound(StringBuilder svg, double seconds, Ticks across) {
    svg.append(
        "<path class=\"line c1\" stroke-dasharray=\"6 4\" d=\"M%s %sv%s\"/>\n"
            .formatted(x(new Dot(seconds, 0), across), px(TOP), px(HEIGHT)));
  }

  private static void grid(StringBuilder svg, Ticks across, Ticks up) {
    for (int tick = 0; tick <= up.count(); tick++) {
      String y = y(new Dot(0, tick * up.step()), up);
      svg.append("<path class=\"grid\" d=\"M%s %sh%s\"/>".formatted(px(LEFT), y, px(WIDTH)));
      svg.append(
          "<text class=\"end\" x=\"%s\" y=\"%s\" dy=\"4\">%s</text>\n"
              .formatted(px(LEFT - 8), y, up.label(tick)));
    }
    for (int tick = 0; tick <= across.count(); tick++) {
      String x = x(new Dot(tick * across.step(), 0), across);
      svg.append("<path class=\"grid\" d=\"M%s %sv%s\"/>".formatted(x, px(TOP), px(HEIGHT)));
      svg.append(
          "<text class=\"mid\" x=\"%s\" y=\"%s\">%s</text>\n"
              .formatted(x, px(TOP + HEIGHT + 20), across.label(tick)));
    }
    svg.append(
        "<text class=\"mid\" x=\"%s\" y=\"%s\">Seconds until the answer</text>\n"
            .formatted(px(LEFT + WIDTH / 2), px(TOP + HEIGHT + 44)));
    svg.append(
        "<text class=\"mid\" transform=\"translate(28 %s) rotate(-90)\">Joules of the device</text>\n"
            .formatted(px(TOP + HEIGHT / 2)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
