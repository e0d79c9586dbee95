package io.cleave.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {
  @TempDir private Path folder;

  @Test
  void streamsIntoAFolderThatItMakes() {
    Path file = folder.resolve("new/one");
    WholeFiles.stream(file, out -> out.write(7));
    assertThat(file).hasBinaryContent(new byte[] {7});
    assertThat(file.getParent()).isDirectoryContaining("glob:**/one");
  }

  @Test
  void leavesTheOldFileAndNoDraftWhereContentBreaksOff() throws IOException {
    Path file = Files.write(folder.resolve("one"), new byte[] {1});
    assertThatThrownBy(
            () ->
                WholeFiles.stream(
                    file,
                    out -> {
                      out.write(7);
                      throw new IOException("the disk is full");
                    }))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the disk is full");
    assertThat(file).hasBinaryContent(new byte[] {1});
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }
}
