package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSiteTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whoMustGoGoesWithinTwoReportsAndNoFrameIsLost() throws IOException {
    BuiltPrograms.assume();
    SixByThree.run(folder, "processes", BuiltSite.ON_PROCESSES);
    assertThat(ProcessHandle.current().descendants()).as("processes left").isEmpty();
  }
}
