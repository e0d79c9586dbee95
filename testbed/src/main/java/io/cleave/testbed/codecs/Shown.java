package io.cleave.testbed.codecs;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.transport.frames.ImageException;
import io.cleave.transport.frames.ImageFolder;
import io.cleave.transport.frames.SeededFrames;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Frames that a network is shown. Each is made when its turn comes, so that large ones need no
 * memory.
 *
 * @param most of them; fewer if some cannot be read
 * @param frames in order
 * @param judge of the answers
 */
public record Shown(int most, Iterable<Frame> frames, Judge judge) {
  /**
   * A frame.
   *
   * @param value of the network's input
   * @param label the class that it shows, from 0; empty if nobody knows
   */
  public record Frame(TensorValue value, OptionalInt label) {}

  /** Images of which it is known what they show. */
  public static Shown of(DnnGraph graph, LabelledImages images) {
    String input = Measurable.input(graph).name();
    long[] shape = {1, images.views(), images.height(), images.width()};
    return new Shown(
        images.count(),
        each(
            images.count(),
            image -> {
              float[] pixels = new float[images.pixelsEach()];
              images.copyTo(image, pixels, 0);
              OptionalInt label = OptionalInt.of(images.label(image));
              return Optional.of(new Frame(Half.value(input, pixels, shape), label));
            }),
        Judge.LABELS);
  }

  /**
   * The first images of a folder, of which nobody knows what they show.
   *
   * @param most of them
   * @param judge of the answers, not labels
   * @param bad is told each file that is no image, and why; it is passed over
   */
  public static Shown of(ImageFolder folder, int most, Judge judge, BiConsumer<Path, String> bad) {
    Iterable<Frame> all =
        each(
            folder.count(),
            file -> {
              try {
                return Optional.of(new Frame(folder.read(file), OptionalInt.empty()));
              } catch (ImageException unusable) {
                bad.accept(folder.file(file), String.valueOf(unusable.getMessage()));
                return Optional.empty();
              }
            });
    return new Shown(Math.min(most, folder.count()), all, judge);
  }

  /** What agents make of this seed. Answers to it mean nothing. */
  public static Shown seeded(DnnGraph graph, long seed, int count) {
    SeededFrames frames = new SeededFrames(graph, seed);
    return new Shown(
        count,
        each(
            count,
            frame -> Optional.of(new Frame(frames.apply(frame).get(0), OptionalInt.empty()))),
        Judge.NOBODY);
  }

  private static Iterable<Frame> each(int count, IntFunction<Optional<Frame>> made) {
    return () -> IntStream.range(0, count).mapToObj(made).flatMap(Optional::stream).iterator();
  }
}
