package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class NeedsTest {
  private static final double ROUNDING = 1e-9;

  private static int place(Span span, long length) {
    if (span.length() == length) {
      return Line.WHOLE;
    }
    return span.from() == 0 || span.to() == length ? Line.AT_END : Line.BETWEEN;
  }

  private static Span span(SplittableRandom random, long length) {
    long from = random.nextLong(length);
    return new Span(from, random.nextLong(from, length) + 1);
  }

  /** Each layer and input lies above its line, wherever the strip is. */
  private static void liesAboveTheLine(Divisible run, SplittableRandom random) {
    Funnel funnel = run.funnel();
    for (Strip strip : run.whole().strips()) {
      long length = strip.span().length();
      Footprint whole = funnel.footprint(Piece.of(strip.axis(), strip.span()));
      List<Line> lines = Line.all(funnel, strip);
      for (int i = 0; i < 20; i++) {
        Span span = span(random, length);
        int place = place(span, length);
        double[] parts = funnel.footprint(Piece.of(strip.axis(), span)).shares(whole);
        for (int each = 0; each < parts.length; each++) {
          Line line = lines.get(each);
          double least = line.base(place) + line.slope(place) * span.length() / length;
          assertThat(parts[each]).as("%s", span).isGreaterThanOrEqualTo(least * (1 - ROUNDING));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void liesAboveTheLineInChains(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Runs runs = Runs.of(RandomChains.of(seed, 1 + (int) (seed % 7)).graph());
    for (int to = 1; to < runs.count(); to++) {
      runs.divisible(random.nextInt(to), to)
          .filter(Divisible::dense)
          .ifPresent(run -> liesAboveTheLine(run, random));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Zoo.class,
      names = {"VGG16", "RESNET50", "GOOGLENET", "MOBILENETV2"})
  void liesAboveTheLineInTheZooAndTimesAddUp(Zoo network) {
    SplittableRandom random = new SplittableRandom(1);
    DnnGraph graph = network.graph();
    LayerTimes times = DeviceClass.RASPBERRY_PI_3B.profile().times(graph);
    Runs runs = Runs.ofBlocks(graph);
    for (int to = 1; to < runs.count(); to++) {
      runs.divisible(random.nextInt(to), to)
          .filter(Divisible::dense)
          .ifPresent(
              run -> {
                liesAboveTheLine(run, random);
                tilesTakeWhatTheyNeed(run, times, random);
              });
    }
  }

  /** Of tiles the lines of both axes together. */
  private static void tilesTakeWhatTheyNeed(
      Divisible run, LayerTimes times, SplittableRandom random) {
    if (!run.isMap()) {
      return;
    }
    double[] seconds = run.needs().grouped(times, 0);
    for (int i = 0; i < 20; i++) {
      long height = run.length(Strip.ROWS);
      long width = run.length(Strip.COLUMNS);
      Span rows = span(random, height);
      Span columns = span(random, width);
      LeastWork.Cost cost = run.needs().cost(seconds, place(rows, height), place(columns, width));
      double r = (double) rows.length() / height;
      double c = (double) columns.length() / width;
      double least = cost.seconds(r, c);
      double takes = run.funnel().footprint(Piece.tile(rows, columns)).seconds(times);
      assertThat(takes - times.startSeconds()).isGreaterThanOrEqualTo(least * (1 - ROUNDING));
    }
  }
}
