package io.cleave.testbed.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.testbed.UserError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
  private static final KnownKeys KEYS =
      new KnownKeys(
          Map.of("", List.of("seeds", "servers", "planners"), "servers", List.of("class", "load")));

  @Test
  void namesAllUnknownKeysAtOnceEachWithTheNearestKnownOne() {
    Setting tree =
        YamlFile.parse("a.yaml", "sedes: 3\nservers:\n  - {class: desktop, lod: idle}\n");
    assertThatThrownBy(() -> KEYS.check(tree))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "a.yaml line 1: there is no key \"sedes\". Maybe you mean \"seeds\".; "
                + "a.yaml line 3: there is no key \"lod\". Maybe you mean \"load\".");
  }

  @Test
  void leavesOpenWhatIsNotNamed() {
    Setting tree = YamlFile.parse("a.yaml", "planners:\n  - cleave: {hedge: 0}\n");
    assertThatCode(() -> KEYS.check(tree)).doesNotThrowAnyException();
  }
}
