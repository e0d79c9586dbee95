package io.cleave.policies.profile;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LegalCuts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Layer times from measured runs of contiguous segments on a real machine.
 *
 * <p>Why segments: the sum of single layers is biased by 8 to 30 %, since engines fuse layers. So
 * times are made such that each measured run from the input to a cut position is reproduced; inside
 * a block between two positions, the block's time is shared out by estimated work. What a second
 * run costs on top, the start, is the median of prefix + suffix - whole.
 *
 * <p>Assumes: a prefix is no slower than a longer one, and disturbances only add; so where a longer
 * prefix was measured faster, its time holds for the shorter one too.
 *
 * @param network that was measured, shown to people
 * @param fingerprint of the network that was measured
 * @param segments measured; the whole network must be among them
 */
public record MeasuredProfile(String network, String fingerprint, List<Segment> segments)
    implements LayerProfile {
  /** Shares blocks by relative work only, so that its speed does not matter. */
  private static final RatedProfile SHARES = new RatedProfile(DeviceClass.DESKTOP.rates());

  /**
   * One measured run.
   *
   * @param first layer of the run
   * @param last layer of the run, included; all between are in it
   * @param seconds of the run, start included; finite and above 0
   */
  public record Segment(int first, int last, double seconds) {
    public Segment {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException(
            "A segment runs from a layer of at least 1 to a later one, not from %d to %d."
                .formatted(first, last));
      }
      if (!(seconds > 0) || Double.isInfinite(seconds)) {
        throw new IllegalArgumentException(
            "A measured time must be finite and above 0 s, not %s.".formatted(seconds));
      }
    }
  }

  public MeasuredProfile {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("A profile of %s needs segments.".formatted(network));
    }
  }

  /** A profile of this network. */
  public static MeasuredProfile of(DnnGraph graph, List<Segment> segments) {
    return new MeasuredProfile(graph.name(), fingerprint(graph), segments);
  }

  /** Tells networks apart by their layers and the sizes of their tensors. */
  public static String fingerprint(DnnGraph graph) {
    CRC32 sum = new CRC32();
    for (Layer layer : graph.layers()) {
      sum.update(layer.operator().getBytes(StandardCharsets.UTF_8));
      layer
          .outputs()
          .forEach(
              t -> sum.update(graph.tensor(t).shape().toString().getBytes(StandardCharsets.UTF_8)));
    }
    return "%d-%08x".formatted(graph.size(), sum.getValue());
  }

  @Override
  public LayerTimes times(DnnGraph graph) {
    if (!fingerprint.equals(fingerprint(graph))) {
      throw new IllegalArgumentException(
          "The profile was measured on %s (%s), not on %s (%s). Maybe the input has another size."
              .formatted(network, fingerprint, graph.name(), fingerprint(graph)));
    }
    int last = graph.size() - 1;
    double start = startSeconds(last);
    double[] seconds = new double[graph.size()];
    int done = 0;
    double before = 0;
    for (Segment prefix : ascending(prefixes(), start)) {
      share(graph, seconds, new int[] {done + 1, prefix.last()}, prefix.seconds() - before);
      done = prefix.last();
      before = prefix.seconds();
    }
    return LayerTimes.of(seconds, start);
  }

  /** Runs that neither start at the input nor end at the answer: to judge the profile by. */
  public List<Segment> heldOut(DnnGraph graph) {
    return segments.stream().filter(s -> s.first() > 1 && s.last() < graph.size() - 1).toList();
  }

  private List<Segment> prefixes() {
    return segments.stream()
        .filter(segment -> segment.first() == 1)
        .sorted((a, b) -> Integer.compare(a.last(), b.last()))
        .toList();
  }

  private double startSeconds(int last) {
    double whole = secondsOf(1, last);
    double[] extra =
        segments.stream()
            .filter(suffix -> suffix.first() > 1 && suffix.last() == last)
            .filter(suffix -> prefixes().stream().anyMatch(p -> p.last() == suffix.first() - 1))
            .mapToDouble(suffix -> secondsOf(1, suffix.first() - 1) + suffix.seconds() - whole)
            .sorted()
            .toArray();
    double shortest = prefixes().get(0).seconds();
    double median = extra.length == 0 ? 0 : extra[extra.length / 2];
    return Math.min(Math.max(0, median), shortest);
  }

  private double secondsOf(int first, int last) {
    return segments.stream()
        .filter(segment -> segment.first() == first && segment.last() == last)
        .mapToDouble(Segment::seconds)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The profile of %s lacks the run of layers %d to %d."
                        .formatted(network, first, last)));
  }

  /** Cumulative times without the start; each at most that of any longer prefix. */
  private static List<Segment> ascending(List<Segment> prefixes, double start) {
    List<Segment> ascending = new ArrayList<>(prefixes);
    double least = Double.POSITIVE_INFINITY;
    for (int i = prefixes.size() - 1; i >= 0; i--) {
      least = Math.min(least, prefixes.get(i).seconds());
      // A first prefix that is all start leaves nothing for its layers.
      double seconds = Math.max(Double.MIN_NORMAL, least - start);
      ascending.set(i, new Segment(1, prefixes.get(i).last(), seconds));
    }
    return ascending;
  }

  /** Shares the time of a block, layers bounds[0] to bounds[1], by estimated work. */
  private static void share(DnnGraph graph, double[] seconds, int[] bounds, double time) {
    LayerTimes work = SHARES.times(graph);
    double all = work.between(bounds[0], bounds[1] + 1);
    for (int layer = bounds[0]; layer <= bounds[1]; layer++) {
      double part = all > 0 ? work.layer(layer) / all : layer == bounds[1] ? 1 : 0;
      seconds[layer] = Math.max(0, time) * part;
    }
  }

  /**
   * The runs that tell most: from the input to each cut position, and some from a position to the
   * answer and between positions.
   *
   * @param samples how many of each of the latter, spread evenly
   * @return pairs of first and last layer, each once
   */
  public static List<int[]> worthMeasuring(DnnGraph graph, int samples) {
    int last = graph.size() - 1;
    int[] positions =
        LegalCuts.positions(graph).stream()
            .mapToInt(Integer::intValue)
            .filter(p -> p > 0 && p < last)
            .toArray();
    List<int[]> runs = new ArrayList<>();
    runs.add(new int[] {1, last});
    Arrays.stream(positions).forEach(p -> runs.add(new int[] {1, p}));
    int count = Math.min(samples, positions.length);
    for (int i = 0; i < count; i++) {
      int from = positions[(int) ((i + 0.5) * positions.length / count)];
      runs.add(new int[] {from + 1, last});
    }
    for (int i = 0; i + 1 < count; i++) {
      int from = positions[(int) ((i + 0.5) * positions.length / count)];
      int to = positions[(int) ((i + 1.5) * positions.length / count)];
      runs.add(new int[] {from + 1, to});
    }
    return runs;
  }
}
