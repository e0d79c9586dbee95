package io.cleave.policies.tiling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The best ways to all places at which runs end, when each run takes given seconds. Servers do not
 * talk to each other, so no run that a server does alone follows another.
 *
 * <p><b>Complexity:</b> O(p^2) for p places. Of equally good ways that with the shortest last run
 * is taken, and rather none of a server alone.
 */
final class Ways {
  private final double[] byCluster; // [place] the last run is the device's or shared
  private final double[] byServer; // [place] the last run is a server's
  private final int[] clusterFrom; // [place] where that run begins
  private final int[] serverFrom;

  /**
   * @param shared [start][end] seconds of a run by the device or shared
   * @param errand [start][end] seconds of a run by the best server alone; infinite if there is none
   */
  Ways(double[][] shared, double[][] errand) {
    int count = shared.length;
    this.byCluster = new double[count];
    this.byServer = new double[count];
    this.clusterFrom = new int[count];
    this.serverFrom = new int[count];
    byServer[0] = Double.POSITIVE_INFINITY;
    for (int end = 1; end < count; end++) {
      byCluster[end] = Double.POSITIVE_INFINITY;
      byServer[end] = Double.POSITIVE_INFINITY;
      for (int start = end - 1; start >= 0; start--) {
        double cluster = seconds(start) + shared[start][end];
        double server = byCluster[start] + errand[start][end];
        if (cluster < byCluster[end]) {
          byCluster[end] = cluster;
          clusterFrom[end] = start;
        }
        if (server < byServer[end]) {
          byServer[end] = server;
          serverFrom[end] = start;
        }
      }
    }
  }

  /**
   * One run of a way.
   *
   * @param byServer true if a server does it alone
   */
  record Leg(int start, int end, boolean byServer) {}

  /** Of the best way to a place. */
  double seconds(int place) {
    return Math.min(byServer[place], byCluster[place]);
  }

  /** Of the best way to the last one. */
  double seconds() {
    return seconds(byCluster.length - 1);
  }

  /** The best way to the last place. */
  List<Leg> legs() {
    List<Leg> legs = new ArrayList<>();
    int end = byCluster.length - 1;
    boolean server = byServer[end] < byCluster[end];
    while (end > 0) {
      int start = server ? serverFrom[end] : clusterFrom[end];
      legs.add(new Leg(start, end, server));
      server = !server && byServer[start] < byCluster[start];
      end = start;
    }
    Collections.reverse(legs);
    return legs;
  }

  /** [place] seconds that are left from there on at least. */
  static double[] rest(double[][] shared, double[][] errand) {
    int last = shared.length - 1;
    double[] rest = new double[shared.length];
    for (int start = last - 1; start >= 0; start--) {
      rest[start] = Double.POSITIVE_INFINITY;
      for (int end = start + 1; end <= last; end++) {
        double run = Math.min(shared[start][end], errand[start][end]);
        rest[start] = Math.min(rest[start], run + rest[end]);
      }
    }
    return rest;
  }
}
