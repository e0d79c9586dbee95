package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManyServersTest {
  private static final int SERVERS = 12; // more than are looked at closely

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void takesTheNearOneWhereAllOthersAreFarAway(long seed) {
    Observation seen = RandomProblems.dag(seed, 9);
    ServerState server = seen.servers().get(0);
    int near = (int) (seed % SERVERS);
    List<ServerState> many = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      many.add(i == near ? server : further(server, 0.1 + i));
    }
    Plan among = plan(seen.with(many));
    Plan alone = plan(seen.with(List.of(server)));
    assertThat(among.near()).isEqualTo(alone.near());
    assertThat(among.hedge()).isEqualTo(alone.hedge());
    assertThat(among.stages().stream().map(Stage::node)).isSubsetOf(Stage.DEVICE, near + 1);
  }

  private static Plan plan(Observation seen) {
    PlanTable table = new HedgedTable(HedgedTable.Settings.STANDARD).plan(seen);
    return table.at(seen.server(1).link().up()).plan();
  }

  private static ServerState further(ServerState server, double seconds) {
    LinkState link = server.link();
    return new ServerState(
        server.node(),
        new LinkState(link.up(), link.down(), link.rttSeconds() + seconds, link.upError()));
  }
}
