package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.SubGraph;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.tiling.Grid;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Zhao, Barijough, Gerstlauer, "DeepThings", TCAD 2018: the first sixteen layers of YOLOv2 at 608 x
 * 608 on Raspberry Pis of one core each, beside MoDNN as its authors rebuilt it.
 */
public final class DeepThingsReproduction {
  private static final int CONVOLUTIONS_AND_POOLS = 16;
  private static final double ALONE_SECONDS = 8.1 * 2.1; // MoDNN's 8.1 s are 2.1 times faster
  private static final double WLAN_MBPS = 25.1; // no rate is given; the slowest WiFi of AOFL

  private final DnnGraph early;
  private final double slowdown;

  /** The set-up that is printed. */
  public DeepThingsReproduction() {
    DnnGraph whole = Zoo.YOLOV2.graph();
    this.early = SubGraph.leadingTo(whole, tensorBehind(whole)).graph();
    this.slowdown =
        ALONE_SECONDS / DeviceClass.RASPBERRY_PI_3B.profile().times(early).run(early.all());
  }

  private static int tensorBehind(DnnGraph whole) {
    int met = 0;
    for (int layer = 1; layer < whole.size(); layer++) {
      LayerKind kind = whole.layer(layer).kind();
      boolean counts = kind == LayerKind.CONVOLUTION || kind == LayerKind.POOL;
      met += counts ? 1 : 0;
      if (met == CONVOLUTIONS_AND_POOLS) {
        return whole.layer(layer + 1).outputs().get(0); // its activation
      }
    }
    throw new IllegalStateException("%s has too few layers.".formatted(whole.name()));
  }

  /** Prices everything; a second or two. */
  public Reproduction run() {
    return new Reproduction(
        "Zhao et al.: DeepThings, TCAD 2018",
        "The first 16 layers of YOLOv2, Raspberry Pi 3B with one core: %.0f s alone (taken from the paper). One radio of %.1f Mbit/s (ours)."
            .formatted(ALONE_SECONDS, WLAN_MBPS),
        List.of(tiles(), reuse(), boards()));
  }

  private Section tiles() {
    List<Comparison> rows = new ArrayList<>();
    double[] memory = {58, 68}; // per cent saved, 3 x 3 and 5 x 5
    double[] megabytes = {13.8, 16.2, 18.9};
    List<String> notes = new ArrayList<>();
    LayerSet run = early.all().minus(LayerSet.of(0));
    Funnel funnel = Funnel.of(early, run);
    double whole = peak(funnel, tiles(1).get(0));
    for (int side = 3; side <= 5; side++) {
      double bits = 0;
      double largest = 0;
      double work = 0;
      LayerTimes times = DeviceClass.RASPBERRY_PI_3B.profile().times(early);
      for (Piece tile : tiles(side)) {
        Footprint footprint = funnel.footprint(tile);
        bits += footprint.inputBits() + footprint.outputBits();
        largest = Math.max(largest, peak(funnel, tile));
        work += footprint.seconds(times) - times.startSeconds();
      }
      rows.add(
          new Comparison(
              "%d x %d, MB that cross".formatted(side, side),
              megabytes[side - 3],
              bits / Byte.SIZE / 1e6));
      if (side != 4) {
        double saved = 100 * (1 - (largest + weights()) / (whole + weights()));
        rows.add(
            new Comparison(
                "%d x %d, memory saved, %%".formatted(side, side), memory[side / 4], saved));
      }
      notes.add(
          String.format(
              Locale.ROOT,
              "%d x %d: %.1f MB of activations in the largest tile, %.0f %% more work than the whole",
              side,
              side,
              largest / 1e6,
              100 * (work / times.run(early.all()) - 1)));
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "whole: %.1f MB of activations, %.1f MB of weights (paper: peak 70 MB)",
            whole / 1e6,
            weights() / 1e6));
    return new Section("Tiles", rows, notes);
  }

  /** Work stands for the paper's latency. */
  private Section reuse() {
    List<Comparison> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    double[] saved = new double[4]; // 3 x 3, 4 x 4, 5 x 5 and their mean
    for (int side = 3; side <= 5; side++) {
      saved[side - 3] = 100 * (1 - work(side, true) / work(side, false));
      saved[3] += saved[side - 3] / 3;
      notes.add(
          String.format(
              Locale.ROOT,
              "%d x %d, per cent more work than the whole: %.0f without reuse, %.1f with it; MB that cross with it: %.1f",
              side,
              side,
              100 * (work(side, false) - 1),
              100 * (work(side, true) - 1),
              bits(side) / Byte.SIZE / 1e6));
    }
    rows.add(new Comparison("3 x 3, saved by reuse, %", 16, saved[0]));
    rows.add(new Comparison("5 x 5, saved by reuse, %", 33, saved[2]));
    rows.add(new Comparison("three grids, saved by reuse, mean, %", 27, saved[3]));
    double finer = 100 * (work(5, false) / work(3, false) - 1);
    rows.add(new Comparison("5 x 5 over 3 x 3 without reuse, more, %", 43, finer));
    return new Section("Work of all tiles", rows, notes);
  }

  /** Of what is given for all tiles and comes back, with what they hand on. */
  private double bits(int side) {
    Funnel funnel = Funnel.of(early, early.all().minus(LayerSet.of(0)));
    double bits = 0;
    for (Piece tile : Checkerboard.of(tiles(side)).line()) {
      Making making = funnel.making(tile);
      bits += making.inputBits() + making.outputBits();
    }
    return bits;
  }

  /** Of all tiles together, as a multiple of the whole's. */
  private double work(int side, boolean reused) {
    LayerTimes times = DeviceClass.RASPBERRY_PI_3B.profile().times(early);
    Funnel funnel = Funnel.of(early, early.all().minus(LayerSet.of(0)));
    Checkerboard board = Checkerboard.of(tiles(side));
    double work = 0;
    for (Piece tile : board.line()) {
      Making making = funnel.making(reused ? tile : tile.as(Piece.Kind.PART));
      work += making.seconds(times) - times.startSeconds();
    }
    return work / (times.run(early.all()) - times.startSeconds());
  }

  private Section boards() {
    List<Comparison> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    double best = 0;
    for (int boards = 2; boards <= 6; boards++) {
      Cluster cluster = new Cluster(early, slowdown, boards, WLAN_MBPS);
      double tiles = cluster.speedup("deepthings{grid=5x5,fused=16,airtime=shared}");
      double coarse = cluster.speedup("deepthings{grid=3x3,fused=16,airtime=shared}");
      double strips = cluster.speedup("modnn{airtime=shared}");
      double reused = cluster.speedup("deepthings{grid=5x5,fused=16,airtime=shared,reuse=on}");
      double coarseReused =
          cluster.speedup("deepthings{grid=3x3,fused=16,airtime=shared,reuse=on}");
      best = DoubleStream.of(best, tiles, coarse, reused, coarseReused).max().orElseThrow();
      notes.add(
          String.format(
              Locale.ROOT,
              "%d boards: DeepThings 3 x 3 %.2f, with reuse %.2f, 5 x 5 %.2f, with reuse %.2f, MoDNN %.2f, our joint search %.2f",
              boards,
              coarse,
              coarseReused,
              tiles,
              reused,
              strips,
              cluster.speedup("joint-tiles{airtime=shared}")));
    }
    Cluster six = new Cluster(early, slowdown, 6, WLAN_MBPS);
    rows.add(new Comparison("speed-up of DeepThings, at most", 3.5, best));
    rows.add(
        new Comparison("speed-up of MoDNN, 6 boards", 2.1, six.speedup("modnn{airtime=shared}")));
    return new Section("Times faster than one board, by the cost model", rows, notes);
  }

  private List<Piece> tiles(int side) {
    TensorShape made = early.tensor(early.outputs().get(0)).shape();
    return new Grid(side, side).tiles(made.dim(2), made.dim(3));
  }

  /** Bytes of what a layer reads and makes, where they are most. */
  private double peak(Funnel funnel, Piece piece) {
    Footprint footprint = funnel.footprint(piece);
    double most = 0;
    for (int layer = 1; layer < early.size(); layer++) {
      double bytes = 0;
      for (int tensor : early.layer(layer).inputs()) {
        bytes += footprint.shape(tensor).elements() * (double) Float.BYTES;
      }
      for (int tensor : early.layer(layer).outputs()) {
        bytes += footprint.shape(tensor).elements() * (double) Float.BYTES;
      }
      most = Math.max(most, bytes);
    }
    return most;
  }

  private double weights() {
    return early.parameters() * (double) Float.BYTES;
  }
}
