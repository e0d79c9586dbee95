package io.cleave.policies.separable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ObservedSpeedsTest {
  @Test
  void movesTowardsWhatCame() {
    // 0.5 * 4 + 0.5 * 2 = 3 for who was late; more than thought for who answered 6 of 6.
    assertThat(new ObservedSpeeds(List.of(4.0, 4.0)).after(List.of(4, 6), List.of(2, 6), 0.5))
        .isEqualTo(new ObservedSpeeds(List.of(3.0, 5.0)));
  }

  @Test
  void takesNobodyForSlowerWhoWasNotAskedMore() {
    ObservedSpeeds speeds = ObservedSpeeds.equal(2, 4);
    assertThat(speeds.after(List.of(1, 0), List.of(1, 0), 0.9)).isEqualTo(speeds);
  }

  /** A machine that is gone is asked once, then no more as long as others have room. */
  @Test
  void leavesOutWhoNeverAnswers() {
    ObservedSpeeds speeds = ObservedSpeeds.equal(4, 1);
    int missed = 0;
    for (int frame = 0; frame < 50; frame++) {
      List<Integer> given = TileAllocation.of(4, speeds, List.of(4, 4, 4, 4));
      missed += given.get(2);
      speeds = speeds.after(given, List.of(given.get(0), given.get(1), 0, given.get(3)), 0.5);
    }
    // At half a tile it would be ready as late as others with their second, who come first.
    assertThat(missed).isEqualTo(1);
    assertThat(speeds.tiles()).allMatch(each -> each > 0);
  }

  @Test
  void refusesWhatCannotHaveBeen() {
    ObservedSpeeds speeds = ObservedSpeeds.equal(1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> speeds.after(List.of(1), List.of(2), 0.5))
        .withMessageContaining("Machine 0 answered 2 of 1 tiles");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> speeds.after(List.of(1), List.of(1), 0))
        .withMessageContaining("at most 1, not 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> speeds.after(List.of(1, 1), List.of(1), 0.5))
        .withMessageContaining("There are 1 machines");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObservedSpeeds(List.of(0.0)))
        .withMessageContaining("above 0; not [0.0]");
  }
}
