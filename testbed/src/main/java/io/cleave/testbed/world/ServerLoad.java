package io.cleave.testbed.world;

import java.util.SplittableRandom;

/**
 * A server's slowdown over time in one run: the series of the scenario, with what it takes above 1
 * varied by up to a fifth in each step. A function of time and seed alone, so that a forecast sees
 * what will happen.
 */
final class ServerLoad {
  private static final double NOISE = 0.2;

  private final LoadSeries series;
  private final long seed;
  private long step = -1;
  private double slowdown = 1;

  ServerLoad(LoadSeries series, long seed) {
    this.series = series;
    this.seed = seed;
  }

  double at(double seconds) {
    long now = (long) (seconds / series.stepSeconds());
    if (now != step) {
      double noise = new SplittableRandom(seed + now * 0x9E3779B97F4A7C15L).nextDouble() * 2 - 1;
      step = now;
      slowdown = 1 + (series.at(seconds) - 1) * (1 + NOISE * noise);
    }
    return slowdown;
  }
}
