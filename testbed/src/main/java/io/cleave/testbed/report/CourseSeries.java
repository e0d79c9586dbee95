package io.cleave.testbed.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The frames of one planner on one model and trace with one seed, thinned out for the chart over
 * time: of several frames in a row only the slowest is drawn, so that no bad one is hidden.
 */
final class CourseSeries {
  /** Points that a chart can show; a screen has hardly more columns. */
  private static final int MOST = 600;

  /** What the chart needs of a frame. */
  record Point(long frame, double arrival, double latencyMs, int cut, double uplinkMbps) {}

  private final List<Point> points = new ArrayList<>();

  void add(Point point) {
    points.add(point);
  }

  /** How many frames in a row one point stands for. */
  int every() {
    return Math.max(1, (points.size() + MOST - 1) / MOST);
  }

  /** Points in the order of the frames. */
  List<Point> thinned() {
    points.sort(Comparator.comparingLong(Point::frame));
    List<Point> slowest = new ArrayList<>();
    for (int from = 0; from < points.size(); from += every()) {
      points.subList(from, Math.min(points.size(), from + every())).stream()
          .max(Comparator.comparingDouble(Point::latencyMs))
          .ifPresent(slowest::add);
    }
    return slowest;
  }
}
