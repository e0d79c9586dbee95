package io.cleave.testbed.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.testbed.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
  private static Section section(String text) {
    return new Section(YamlFile.parse("a.yaml", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e999", "0x10", "ten", "-1", "0", "''"})
  void refusesWhatIsNoNumberAboveZero(String text) {
    assertThatThrownBy(() -> section("rate: " + text).number("rate", n -> n > 0, "above 0"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("a.yaml line 1: ");
  }

  @Test
  void readsNumbers() {
    assertThat(section("rate: 2.5e1").number("rate", n -> n > 0, "above 0")).isEqualTo(25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1.5", "101"})
  void refusesWhatIsNoCountInTheRange(String text) {
    assertThatThrownBy(() -> section("seeds: " + text).count("seeds", 1, 100))
        .hasMessage(
            "a.yaml line 1: seeds must be a number from 1 to 100, without a fraction, not \"%s\"."
                .formatted(text));
  }

  @Test
  void takesASingleValueForAListOfOne() {
    assertThat(section("models: alexnet").items("models")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"models: []", "models:", "models: ['']"})
  void refusesAListWithNothingInIt(String text) {
    assertThatThrownBy(() -> section(text).items("models"))
        .hasMessageContaining("at least one entry");
  }

  @Test
  void laysChangesOverATree() {
    Setting.Fields base = YamlFile.parse("b.yaml", "demand: {deadline-ms: 500, rate: 1}\nseeds: 5");
    Setting.Fields over = YamlFile.parse("o.yaml", "demand: {rate: 2}");
    Section joined = new Section(base.with(over));
    assertThat(joined.section("demand").text("deadline-ms")).isEqualTo("500");
    assertThat(joined.section("demand").text("rate")).isEqualTo("2");
    assertThat(joined.text("seeds")).isEqualTo("5");
  }

  @Test
  void writesTheTreeAsJson() {
    Setting.Fields tree = YamlFile.parse("b.yaml", "a: {b: [1, 2.50, off]}");
    assertThat(SettingJson.of(tree)).hasToString("{\"a\":{\"b\":[1,2.50,\"off\"]}}");
  }
}
