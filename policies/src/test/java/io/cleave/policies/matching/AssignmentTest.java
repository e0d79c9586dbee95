package io.cleave.policies.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void changesCostWhatTheyAreSaidTo(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SiteGame game = RandomSites.site(random, 20, 4);
    Assignment assignment = Opponents.RANDOM.matcher(seed).match(game);
    for (int step = 0; step < 500; step++) {
      int device = random.nextInt(game.devices());
      int bid = random.nextInt(game.offers(device).size());
      if (assignment.open(device, game.offers(device).host[bid])) {
        double before = assignment.cost();
        double change = assignment.change(device, bid);
        assignment.take(device, bid);
        assertThat(assignment.cost() - before).isCloseTo(change, offset(1e-6));
      }
    }
    double sum = 0;
    for (int device = 0; device < game.devices(); device++) {
      sum += assignment.cost(device);
    }
    assertThat(sum).isCloseTo(assignment.cost(), offset(1e-9 * sum));
    assertThat(assignment.copy().cost()).isCloseTo(assignment.cost(), offset(1e-9 * sum));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void respectsQuotasAndMemories(int seed) {
    SiteGame game = RandomSites.site(new SplittableRandom(seed), 40, 5);
    for (Opponents each : Opponents.values()) {
      check(each.matcher(seed).match(game));
    }
    check(new DeferredAcceptance().match(game));
    check(new SwapMatching().match(game));
  }

  private static void check(Assignment assignment) {
    SiteGame game = assignment.game();
    for (int host = 0; host < game.hosts(); host++) {
      int guests = 0;
      boolean[] models = new boolean[game.models()];
      for (int device = 0; device < game.devices(); device++) {
        if (assignment.hostOf(device) == host) {
          guests++;
          models[game.offers(device).model] = true;
        }
      }
      long bytes = 0;
      for (int model = 0; model < models.length; model++) {
        bytes += models[model] ? game.modelBytes(model) : 0;
      }
      assertThat(guests).isEqualTo(assignment.guests(host));
      assertThat(guests).isLessThanOrEqualTo(game.host(host).quota());
      assertThat(bytes).isLessThanOrEqualTo(game.host(host).memoryBytes());
    }
  }
}
