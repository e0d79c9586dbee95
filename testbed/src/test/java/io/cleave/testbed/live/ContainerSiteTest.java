package io.cleave.testbed.live;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSiteTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whoMustGoGoesWithinTwoReportsAndNoFrameIsLost() throws IOException {
    Containers.assume();
    BuiltPrograms.assume();
    SixByThree.run(folder, "containers", BuiltSite.IN_CONTAINERS);
  }
}
