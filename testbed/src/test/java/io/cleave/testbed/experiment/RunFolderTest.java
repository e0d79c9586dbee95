package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.testbed.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path parent;

  private long entries() throws IOException {
    try (Stream<Path> list = Files.list(parent)) {
      return list.count();
    }
  }

  @Test
  void takesTheNextFreeName() throws IOException {
    Files.createDirectory(parent.resolve("replay-1"));
    try (RunFolder folder = RunFolder.next(parent, "replay")) {
      Files.writeString(folder.file("summary.csv"), "a\n");
      assertThat(folder.publish()).isEqualTo(parent.resolve("replay-2"));
    }
    assertThat(parent.resolve("replay-2/summary.csv")).hasContent("a\n");
  }

  @Test
  void leavesNothingWhenItIsClosedBeforeItIsWhole() throws IOException {
    try (RunFolder folder = RunFolder.next(parent, "replay")) {
      Files.writeString(folder.file("summary.csv"), "a\n");
    }
    assertThat(entries()).isZero();
  }

  @Test
  void neverOverwrites() throws IOException {
    Files.createDirectory(parent.resolve("mine"));
    assertThatThrownBy(() -> RunFolder.at(parent.resolve("mine")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("exists already");
    assertThat(entries()).isEqualTo(1);
  }
}
