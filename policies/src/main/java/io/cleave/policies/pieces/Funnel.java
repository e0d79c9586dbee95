package io.cleave.policies.pieces;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.ReceptiveField;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * A run of layers that makes one tensor, laid out so that what a piece of that needs is told
 * quickly: a planner that shares layers asks for thousands of footprints a decision. Axes are laid
 * out when they are asked for; owned by one thread.
 */
public final class Funnel {
  final DnnGraph graph;
  final LayerSet run;
  final int[] layers; // ascending
  final int[] tensors; // read or made, ascending
  final int[] made; // [layer] place of its output among the tensors
  final int output; // place of what the run makes
  final int[] inputs; // places of what is made elsewhere
  final double[] bits; // [place] of the whole tensor
  private final int addends; // place of what the last layer reads first, and sums over if it can
  private final int[] measures; // [layer] as made, but of the last one the addends
  private final Map<Integer, Optional<Track>> tracks =
      new HashMap<>(); // by axis; as they are asked
  private final Map<Integer, Optional<Track>> sums = new HashMap<>();
  private final Map<Integer, Optional<Track>> apart = new HashMap<>();
  private final Map<Checkerboard, Weave> weaves = new HashMap<>();
  private final Map<Piece, Checkered> tiles = new HashMap<>();

  private Funnel(DnnGraph graph, LayerSet run, int output) {
    this.graph = graph;
    this.run = run;
    this.layers = run.stream().toArray();
    TreeSet<Integer> all = new TreeSet<>();
    for (int layer : layers) {
      all.addAll(graph.layer(layer).inputs());
      all.addAll(graph.layer(layer).outputs());
    }
    this.tensors = all.stream().mapToInt(Integer::intValue).toArray();
    this.made = Arrays.stream(layers).map(i -> place(graph.layer(i).outputs().get(0))).toArray();
    this.output = place(output);
    this.inputs =
        all.stream()
            .filter(tensor -> !run.contains(graph.tensor(tensor).producer()))
            .mapToInt(this::place)
            .toArray();
    this.bits = all.stream().mapToDouble(tensor -> graph.sizeOf(List.of(tensor)).bits()).toArray();
    this.addends = place(graph.layer(layers[layers.length - 1]).inputs().get(0));
    this.measures = made.clone();
    measures[layers.length - 1] = addends;
  }

  /**
   * Lays a run out; time O(layers and tensors of the run).
   *
   * @throws IllegalArgumentException if it is not in the network, or makes several tensors
   */
  public static Funnel of(DnnGraph graph, LayerSet run) {
    Footprint.refuse(Footprint.outside(graph, run));
    return new Funnel(graph, run, Footprint.output(graph, run));
  }

  /** Place of a tensor among the run's; below 0 if it is none of them. */
  int place(int tensor) {
    return Arrays.binarySearch(tensors, tensor);
  }

  private Optional<Track> along(int axis) {
    boolean cut =
        axis < graph.tensor(tensors[output]).shape().rank()
            && Footprint.obstacle(graph, run, axis).isEmpty();
    return cut ? Optional.of(track(axis, layers.length, output, -1, false)) : Optional.empty();
  }

  private Optional<Track> apart(int axis) {
    boolean cut =
        axis < graph.tensor(tensors[output]).shape().rank() && apartObstacle(axis).isEmpty();
    return cut ? Optional.of(track(axis, layers.length, output, -1, true)) : Optional.empty();
  }

  /** Why pieces along an axis cannot be made {@link Piece.Kind#APART apart}; empty if they can. */
  public Optional<String> apartObstacle(int axis) {
    return Footprint.obstacle(graph, run, axis)
        .or(
            () ->
                Arrays.stream(layers)
                    .mapToObj(graph::layer)
                    .filter(layer -> needsAll(layer, axis))
                    .map(
                        layer ->
                            "Layer %s of %s, a %s, needs all of its input along axis %d: no part of it is made apart."
                                .formatted(layer.name(), graph.name(), layer.operator(), axis))
                    .findFirst());
  }

  private static boolean needsAll(Layer layer, int axis) {
    return layer.division().along(axis).equals(Optional.of(ReceptiveField.EVERYTHING));
  }

  private Optional<Track> sum(int axis) {
    OptionalInt sums = graph.layer(layers[layers.length - 1]).division().sums();
    boolean cut =
        sums.isPresent() && sums.getAsInt() == axis && Footprint.sumObstacle(graph, run).isEmpty();
    return cut
        ? Optional.of(track(axis, layers.length - 1, addends, output, false))
        : Optional.empty();
  }

  private Track track(int axis, int count, int cut, int whole, boolean alone) {
    Layer[] all = Arrays.stream(layers).limit(count).mapToObj(graph::layer).toArray(Layer[]::new);
    int[][] read =
        Arrays.stream(all)
            .map(layer -> layer.inputs().stream().mapToInt(this::place).toArray())
            .toArray(int[][]::new);
    long[] length =
        Arrays.stream(tensors)
            .mapToLong(tensor -> graph.tensor(tensor).shape().dim(axis))
            .toArray();
    return new Track(all, axis, made, read, length, cut, whole, alone);
  }

  /** The network. */
  public DnnGraph graph() {
    return graph;
  }

  /** The layers. */
  public LayerSet run() {
    return run;
  }

  /** What part of all bits that are read each tensor is that is made elsewhere, ascending. */
  public double[] inputParts() {
    double sum = Arrays.stream(inputs).mapToDouble(place -> bits[place]).sum();
    return Arrays.stream(inputs).mapToDouble(place -> bits[place] / sum).toArray();
  }

  /** The axis' track; empty if the run cannot be cut along it. */
  Optional<Track> track(int axis, Piece.Kind kind) {
    return switch (kind) {
      case PART, CHECKERED -> tracks.computeIfAbsent(axis, this::along);
      case SUMMAND -> sums.computeIfAbsent(axis, this::sum);
      case APART -> apart.computeIfAbsent(axis, this::apart);
    };
  }

  /**
   * Place of the tensor that a piece is cut out of: what the run makes, or its last layer reads.
   */
  int cut(boolean summed) {
    return summed ? addends : output;
  }

  /** [layer] place of the tensor by which its work is measured: what it makes, or sums over. */
  int[] measures(boolean summed) {
    return summed ? measures : made;
  }

  /**
   * How long the tensor is of which pieces are cut.
   *
   * @throws IllegalArgumentException if the run cannot be cut so
   */
  public long length(int axis, boolean summed) {
    Piece.Kind kind = summed ? Piece.Kind.SUMMAND : Piece.Kind.PART;
    return track(axis, kind)
        .orElseThrow(() -> Footprint.uncut(this, axis, kind))
        .length(cut(summed));
  }

  /**
   * The footprint of a piece; time O(layers and their inputs).
   *
   * @throws IllegalArgumentException if the run cannot be cut so, or the piece is no part of what
   *     it makes
   */
  public Footprint footprint(Piece piece) {
    return new Footprint(this, piece);
  }

  /**
   * What it takes to make a piece; time O(layers and their inputs), of the first tile of a
   * checkerboard times its rows and columns.
   *
   * @throws IllegalArgumentException if the run cannot be cut so, or the piece is no part of what
   *     it makes
   */
  public Making making(Piece piece) {
    return piece.board().isPresent() ? checkered(piece) : new Alone(this, footprint(piece));
  }

  private Making checkered(Piece piece) {
    Checkered known = tiles.get(piece);
    if (known == null) {
      Weave weave = weaves.computeIfAbsent(piece.board().orElseThrow(), on -> new Weave(this, on));
      known = new Checkered(this, piece, weave.strands(piece));
      tiles.put(piece, known);
    }
    return known;
  }
}
