package io.cleave.transport.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "camera-1", "Edge_2.local", "controllers", "Controller"})
  void takesLettersDigitsAndThreeSigns(String name) {
    assertThat(AgentName.valid(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "controller",
        ".",
        "..",
        "-a",
        "_a",
        "a/b",
        "+",
        "#",
        "a b",
        "ä",
        "a\n",
        "\u0661"
      })
  void refusesWhatIsNoLevelOfATopic(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> AgentName.valid(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 65})
  void takes64Characters(int length) {
    assertThat(AgentName.isValid("x".repeat(length))).isEqualTo(length == 64);
  }
}
