package io.cleave.testbed.tiles;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.separable.TrainedTiles;
import io.cleave.policies.tiling.Grid;
import io.cleave.testbed.UserError;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** A network in tiles on this machine: what tiles answer, and what the rest makes of that. */
public final class TileRun implements AutoCloseable {
  private static final int AT_ONCE = 250;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final List<Tile> tiles;
  private final OrtSession back;

  /**
   * What one tile answers to some images.
   *
   * @param shape images, channels, rows, columns
   * @param values row-major; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and written nowhere
  public record Answer(List<Long> shape, float[] values) {
    /** How many values it has for each image. */
    public int each() {
      return Math.toIntExact(values.length / shape.get(0));
    }
  }

  /**
   * One tile on the engine.
   *
   * @param seen of the image
   * @param made of the map behind
   */
  private record Tile(Piece seen, Piece made, OrtSession session) {}

  private TileRun(OnnxSlicer slicer, TrainedTiles trained) throws OrtException {
    DnnGraph graph = slicer.graph();
    LayerSet run = trained.layers(graph);
    Funnel funnel = Funnel.of(graph, run);
    String output = graph.tensor(graph.outputs().get(0)).name();
    List<Tile> loaded = new ArrayList<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      for (Piece tile :
          new Grid(trained.rows(), trained.columns())
              .tiles(funnel.length(Strip.ROWS, false), funnel.length(Strip.COLUMNS, false))) {
        Piece apart = tile.as(Piece.Kind.APART);
        byte[] piece = slicer.bytes(run, apart);
        Piece seen = funnel.footprint(apart).part(0);
        loaded.add(new Tile(seen, tile, environment.createSession(piece, options)));
      }
      LayerSet rest = graph.all().minus(run).minus(LayerSet.of(0));
      this.back = environment.createSession(slicer.bytes(rest, Set.of(output)), options);
    }
    this.tiles = List.copyOf(loaded);
  }

  /**
   * Loads each tile and what is behind them.
   *
   * @param model an ONNX file's content, as {@link
   *     io.cleave.policies.onnx.TilewiseNetwork#undivided} makes it
   * @throws UserError if it was not retrained for tiles, or the engine refuses it
   */
  public static TileRun of(byte[] model) {
    try {
      OnnxSlicer slicer = OnnxSlicer.of("the network in tiles", model);
      return new TileRun(
          slicer,
          TrainedTiles.of(slicer.graph())
              .orElseThrow(
                  () ->
                      new UserError(
                          "The model has no tiles. Maybe it is another network's; ./cleave train adcnn makes one.")));
    } catch (ModelFormatException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  /** How many tiles there are. */
  public int tiles() {
    return tiles.size();
  }

  /** Hears of some images at a time. */
  @FunctionalInterface
  public interface Batches {
    /**
     * After each batch.
     *
     * @param from number of the first image
     * @param answers of the tiles in their order
     */
    void answered(int from, List<Answer> answers);
  }

  /** Runs all tiles on all images. */
  public void forEach(LabelledImages images, Batches batches) {
    for (int from = 0; from < images.count(); from += AT_ONCE) {
      batches.answered(from, answers(images, from, Math.min(images.count(), from + AT_ONCE)));
    }
  }

  private List<Answer> answers(LabelledImages images, int from, int to) {
    List<Answer> answers = new ArrayList<>();
    for (Tile tile : tiles) {
      answers.add(answer(tile, images, from, to));
    }
    return answers;
  }

  private Answer answer(Tile tile, LabelledImages images, int from, int to) {
    Span rows = tile.seen().along(Strip.ROWS).orElseThrow();
    Span columns = tile.seen().along(Strip.COLUMNS).orElseThrow();
    float[] image = new float[images.pixelsEach()];
    int across = (int) columns.length();
    FloatBuffer seen =
        FloatBuffer.allocate((int) (rows.length() * across * images.views() * (to - from)));
    for (int i = from; i < to; i++) {
      images.copyTo(i, image, 0);
      for (long view = 0; view < images.views(); view++) {
        for (long row = rows.from(); row < rows.to(); row++) {
          long first = (view * images.height() + row) * images.width() + columns.from();
          seen.put(image, (int) first, across);
        }
      }
    }
    long[] shape = {to - from, images.views(), rows.length(), across};
    String input = tile.session().getInputNames().iterator().next();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, seen.flip(), shape);
        OrtSession.Result result = tile.session().run(Map.of(input, tensor))) {
      OnnxTensor answer = (OnnxTensor) result.get(0);
      return new Answer(
          Arrays.stream(answer.getInfo().getShape()).boxed().toList(), copied(answer));
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  /**
   * How many of some images the rest of the network tells rightly.
   *
   * @param from number of the first image
   * @param answers of the tiles
   * @param there whether the answer of a tile came; zeros take the place of one that did not
   */
  public int right(LabelledImages images, int from, List<Answer> answers, IntPredicate there) {
    long[] shape = answers.get(0).shape().stream().mapToLong(Long::longValue).toArray();
    shape[2] = end(Strip.ROWS);
    shape[3] = end(Strip.COLUMNS);
    float[] map = new float[Math.toIntExact(shape[0] * shape[1] * shape[2] * shape[3])];
    for (int tile = 0; tile < tiles.size(); tile++) {
      if (there.test(tile)) {
        lay(answers.get(tile).values(), tiles.get(tile).made(), map, shape);
      }
    }
    String input = back.getInputNames().iterator().next();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(map), shape);
        OrtSession.Result result = back.run(Map.of(input, tensor))) {
      return right(copied((OnnxTensor) result.get(0)), images, from, answers.get(0));
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  private long end(int axis) {
    return tiles.stream()
        .mapToLong(tile -> tile.made().along(axis).orElseThrow().to())
        .max()
        .orElseThrow();
  }

  /** A tile's values, channel by channel and row by row, where they belong in the map. */
  private static void lay(float[] values, Piece made, float[] map, long[] shape) {
    Span rows = made.along(Strip.ROWS).orElseThrow();
    Span columns = made.along(Strip.COLUMNS).orElseThrow();
    int across = (int) columns.length();
    int from = 0;
    for (long channel = 0; channel < shape[0] * shape[1]; channel++) {
      for (long row = rows.from(); row < rows.to(); row++) {
        long to = (channel * shape[2] + row) * shape[3] + columns.from();
        System.arraycopy(values, from, map, (int) to, across);
        from += across;
      }
    }
  }

  private static int right(float[] scores, LabelledImages images, int from, Answer any) {
    int count = Math.toIntExact(any.shape().get(0));
    int classes = scores.length / count;
    int right = 0;
    for (int image = 0; image < count; image++) {
      int best = 0;
      for (int each = 1; each < classes; each++) {
        best = scores[image * classes + each] > scores[image * classes + best] ? each : best;
      }
      right += best == images.label(from + image) ? 1 : 0;
    }
    return right;
  }

  private static float[] copied(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static UserError refused(OrtException error) {
    return new UserError("ONNX Runtime refuses the model: " + error.getMessage());
  }

  @Override
  public void close() {
    try {
      for (Tile tile : tiles) {
        tile.session().close();
      }
      back.close();
    } catch (OrtException error) {
      throw refused(error);
    }
  }
}
