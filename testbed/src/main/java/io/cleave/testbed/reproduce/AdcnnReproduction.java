package io.cleave.testbed.reproduce;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Plan;
import io.cleave.testbed.UserError;
import io.cleave.testbed.exits.ExitEvaluation;
import io.cleave.testbed.reproduce.Reproduction.Section;
import io.cleave.testbed.tiles.TileStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Zhang, Lin, Zhang, "Adaptive distributed convolutional neural network inference at the network
 * edge with ADCNN", ICPP 2020: tiles without exchange on a trained network, and what they would
 * gain on a cluster. No figure of the paper was read, so none stands beside ours.
 */
public final class AdcnnReproduction {
  private static final double SLOWDOWN = 4; // one core of four, as for the other clusters here
  private static final double FAST_MBPS = 93.7; // both of AOFL's WiFi
  private static final double SLOW_MBPS = 25.1;
  private static final int BOARDS = 8;
  private static final int DEAD = 3;
  private static final double GAIN = 0.5;
  private static final double DEADLINE = 1.6; // of what it takes with all boards
  private static final int CLASSES = 10;
  private static final double MOST_WORK = 0.8; // ours: the rest sees the whole map

  private final Path base;
  private final Path model;
  private final LabelledImages images;

  /**
   * @param base the network before retraining, whose last exit counts
   * @param model of {@code cleave train adcnn}, after the last step
   * @param images that neither was trained on
   */
  public AdcnnReproduction(Path base, Path model, LabelledImages images) {
    this.base = base;
    this.model = model;
    this.images = images;
  }

  /**
   * Asks the networks and prices the clusters; about a minute.
   *
   * @throws UserError if a model cannot be read or is no such network
   */
  public Reproduction run() {
    TileStudy study = TileStudy.of(content(model), images);
    double answerBits = (double) Byte.SIZE * study.codedBytes() / values(study);
    List<Section> sections = new ArrayList<>();
    sections.add(accuracy(study));
    sections.add(traffic(study, answerBits));
    for (Zoo zoo : List.of(Zoo.VGG16, Zoo.RESNET18)) {
      sections.add(speed(zoo, answerBits));
    }
    sections.add(death(answerBits));
    return new Reproduction(
        "Zhang, Lin, Zhang: ADCNN, ICPP 2020",
        String.format(
            Locale.ROOT,
            "Tiles without exchange. %s on %d images; Raspberry Pi 3B with one core over one radio, by the"
                + " cost model, as if large networks kept their accuracy and needed as many bits a value"
                + " as that one. No figure of the paper was read, so none stands beside ours.",
            model.getFileName(),
            images.count()),
        sections);
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException error) {
      throw new UserError(
          "%s cannot be read. Train it: ./cleave train adcnn --out FOLDER".formatted(file));
    }
  }

  private static double values(TileStudy study) {
    return study.tiles().stream().mapToInt(TileStudy.OneTile::values).sum();
  }

  private Section accuracy(TileStudy study) {
    ExitAnswers exits = ExitEvaluation.of(content(base), images, CLASSES);
    double whole = exits.accuracy(exits.exits().size() - 1);
    List<String> lines = new ArrayList<>();
    lines.add(percent("whole network, before retraining", whole));
    lines.add(
        percent("in tiles, 4 bits, retrained", study.right())
            + String.format(Locale.ROOT, " (%+.2f points)", 100 * (study.right() - whole)));
    ExitAnswers undivided = ExitEvaluation.of(content(model), images, CLASSES);
    lines.add(percent("the same network in one piece", undivided.accuracy(0)));
    for (int tile = 0; tile < study.tiles().size(); tile++) {
      lines.add(percent("zeros for tile " + (tile + 1), study.tiles().get(tile).rightWithout()));
    }
    lines.add(percent("zeros for one tile, mean", study.rightWithoutOne()));
    lines.add("Steps, seeds and all test images: docs/methods/adcnn.md, by ./cleave train adcnn.");
    return new Section("Images answered rightly, one tile a board", List.of(), lines);
  }

  private static String percent(String what, double share) {
    return String.format(Locale.ROOT, "%-34s %6.2f %%", what, 100 * share);
  }

  private Section traffic(TileStudy study, double answerBits) {
    double zeros =
        study.tiles().stream().mapToDouble(each -> each.zeros() * each.values()).sum()
            / values(study);
    return new Section(
        "What tiles answer to an image",
        List.of(),
        List.of(
            String.format(
                Locale.ROOT,
                "%d bytes as floats, %d in 4 bits, %.0f with run lengths of zeros (%.0f %% of values): %.2f bits a value",
                study.floatBytes(),
                study.packedBytes(),
                study.codedBytes(),
                100 * zeros,
                answerBits),
            String.format(
                Locale.ROOT,
                "%.1f times less than floats, %.2f times less than 4 bits alone",
                study.floatBytes() / study.codedBytes(),
                study.packedBytes() / study.codedBytes())));
  }

  private static Section speed(Zoo zoo, double answerBits) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "                 | tiles have at most 80 % of the work      | all      |             |");
    lines.add(
        "boards   Mbit/s  | ADCNN  grid  work %     MB  with floats  | ADCNN    | AOFL     MB | DeepThings");
    for (int boards = 2; boards <= BOARDS; boards += 2) {
      lines.add(line(zoo, boards, FAST_MBPS, answerBits));
    }
    lines.add(line(zoo, BOARDS, SLOW_MBPS, answerBits));
    lines.add(
        String.format(
            Locale.ROOT,
            "With %d boards tiles of 80 %% make nobody faster below %.2f Mbit/s.",
            BOARDS,
            wholeBelow(zoo, answerBits)));
    return new Section(zoo.id() + ", times faster than one board", List.of(), lines);
  }

  private static String line(Zoo zoo, int boards, double mbps, double answerBits) {
    Cluster cluster = new Cluster(zoo.graph(), SLOWDOWN, boards, mbps);
    LoneTilesSearch.Best some = new LoneTilesSearch(cluster, boards, answerBits, MOST_WORK).best();
    Plan aofl = cluster.plan("aofl{airtime=shared}");
    return String.format(
        Locale.ROOT,
        "%6d  %7.1f  | %5.2f  %4s  %6.0f  %5.2f  %11.2f  | %5.2f    | %4.2f  %5.2f | %10.2f",
        boards,
        mbps,
        cluster.alone() / some.seconds(),
        some.side() + "x" + some.side(),
        100 * some.tiles().share(),
        some.megabytes(),
        new LoneTilesSearch(cluster, boards, Float.SIZE, MOST_WORK).speedup(),
        new LoneTilesSearch(cluster, boards, answerBits, 1).speedup(),
        cluster.alone() / cluster.seconds(aofl),
        cluster.megabytes(aofl),
        cluster.speedup("deepthings{airtime=shared}"));
  }

  /** The rate in Mbit/s below which the board had better be alone, to a hundredth. */
  private static double wholeBelow(Zoo zoo, double answerBits) {
    return Cluster.wholeBelow(
        FAST_MBPS,
        mbps -> {
          Cluster cluster = new Cluster(zoo.graph(), SLOWDOWN, BOARDS, mbps);
          return new LoneTilesSearch(cluster, BOARDS, answerBits, MOST_WORK).speedup() < 1;
        });
  }

  private static Section death(double answerBits) {
    Cluster cluster = new Cluster(Zoo.VGG16.graph(), SLOWDOWN, BOARDS, FAST_MBPS);
    LoneTilesSearch.Best best = new LoneTilesSearch(cluster, BOARDS, answerBits, MOST_WORK).best();
    double deadline = DEADLINE * best.tiles().gathered(best.given());
    DyingBoard boards = new DyingBoard(best.tiles(), BOARDS, DEAD, deadline, GAIN);
    List<DyingBoard.Frame> frames = boards.frames(12, 2);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "vgg16, %d boards, %d tiles; one dies behind the third frame; deadline %.1f times the usual",
            BOARDS,
            best.tiles().tiles(),
            DEADLINE));
    lines.add(
        "seconds: "
            + String.join(
                " ",
                frames.stream()
                    .map(frame -> String.format(Locale.ROOT, "%.2f", frame.seconds()))
                    .toList()));
    lines.add(
        "tiles taken for zeros: "
            + Arrays.toString(frames.stream().mapToInt(DyingBoard.Frame::missing).toArray()));
    return new Section("A board dies", List.of(), lines);
  }
}
