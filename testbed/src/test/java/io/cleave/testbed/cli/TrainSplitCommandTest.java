package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainSplitCommandTest {
  /** In two processes, on real images; a share of the largest figure of each weight. */
  @ParameterizedTest
  @CsvSource({"lenet, pool1, 1", "lenet, relu3, 2", "alexnet, conv3, 3", "resnet20, conv2, 4"})
  void stepsAcrossTheCutAreThoseOfTheUndividedNetwork(String network, String cut, String seed) {
    Spoken spoken =
        Spoken.to(
            "train", "split", "--network", network, "--cut", cut, "--seed", seed, "--batch", "8");
    assertThat(spoken.code()).as(spoken.out() + spoken.err()).isZero();
    assertThat(spoken.out()).contains("cut behind " + cut, "Largest difference", "allowed 1e-04");
    long near = ProcessHandle.current().pid();
    assertThat(spoken.out()).doesNotContain("in process " + near + "\n");
    assertThat(spoken.out().lines().filter(line -> line.matches(" +\\d .*"))).hasSize(3);
  }

  /** Sixteen maps of 14 x 14 of each of eight images, in 4 bytes a number; the same comes back. */
  @Test
  void asManyBytesComeBackAsWentUp() {
    Spoken spoken =
        Spoken.to("train", "split", "--network", "lenet", "--cut", "pool1", "--batch", "8");
    long bytes = 4L * 8 * 16 * 14 * 14;
    assertThat(spoken.out()).contains(String.format("%,10d %,10d", bytes, bytes));
  }

  @Test
  void listsWhereItCanBeCut() {
    Spoken spoken = Spoken.to("train", "split", "--network", "lenet", "--cut", "pol1");
    assertThat(spoken.isOneLineOfRefusal()).isTrue();
    assertThat(spoken.err()).contains("behind 'pol1'. Maybe behind 'pool1'; there are [conv1,");
    assertThat(Spoken.to("train", "split", "--network", "lenet", "--cut", "exit2").err())
        .contains("cannot be cut behind 'exit2'");
  }

  @Test
  void refusesStepsOfNothing() {
    Spoken spoken =
        Spoken.to("train", "split", "--network", "lenet", "--cut", "pool1", "--steps", "0");
    assertThat(spoken.isOneLineOfRefusal()).isTrue();
    assertThat(spoken.err()).contains("at least 1");
  }
}
