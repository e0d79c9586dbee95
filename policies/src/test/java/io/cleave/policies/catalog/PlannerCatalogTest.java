package io.cleave.policies.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.HandMade;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.baseline.Forecast;
import io.cleave.policies.baseline.LocalOnly;
import io.cleave.policies.baseline.Oracle;
import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.partition.ChainSplit;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerCatalogTest {
  private final PlannerCatalog catalog = PlannerCatalog.standard();

  static Stream<PlannerEntry> planners() {
    return PlannerCatalog.standard().entries().stream();
  }

  @Test
  void listsAllPlannersInTheOrderOfTables() {
    assertThat(catalog.names())
        .containsExactly(
            "local",
            "remote",
            "neurosurgeon",
            "dads-light",
            "dads-heavy",
            "dads",
            "qdmp",
            "jointdnn",
            "auto-tuning",
            "dina-p",
            "modnn",
            "mednn",
            "deepthings",
            "aofl",
            "fully-distributed",
            "adcnn",
            "ans",
            "ddnn",
            "branchynet",
            "edgent",
            "edgent-dynamic",
            "adda",
            "cleave",
            "weighted",
            "learned",
            "dqn",
            "joint",
            "joint-tiles",
            "oracle");
  }

  @Test
  void findsPlannersByNameAndAlias() {
    assertThat(create("partition.ChainSplit")).isInstanceOf(ChainSplit.class);
    assertThat(create("neurosurgeon")).isInstanceOf(ChainSplit.class);
  }

  @Test
  void knowsWhatIsPublishedAndWhatIsClairvoyant() {
    assertThat(catalog.names().stream().filter(name -> catalog.published(spec(name))))
        .containsExactly(
            "neurosurgeon",
            "dads-light",
            "dads-heavy",
            "dads",
            "qdmp",
            "jointdnn",
            "auto-tuning",
            "dina-p",
            "modnn",
            "mednn",
            "deepthings",
            "aofl",
            "fully-distributed",
            "adcnn",
            "ans",
            "ddnn",
            "branchynet",
            "edgent",
            "edgent-dynamic",
            "adda");
    assertThat(catalog.names().stream().filter(name -> catalog.clairvoyant(spec(name))))
        .containsExactly("oracle");
  }

  /** The name in the catalogue is the class's place: family.Method. */
  @ParameterizedTest
  @MethodSource("planners")
  void namesAreThoseOfTheClasses(PlannerEntry entry) {
    Planner planner = catalog.create(spec(entry.alias()), plan -> 1);
    assertThat(planner.getClass().getName()).isEqualTo("io.cleave.policies." + entry.name());
  }

  /** Every option declared is read, has a standard value that is allowed, and is explained. */
  @ParameterizedTest
  @MethodSource("planners")
  void optionsAndPlannersAgree(PlannerEntry entry) {
    for (Option option : entry.options()) {
      Map<String, String> standard = Map.of(option.key(), option.standard());
      assertThat(catalog.create(new PlannerSpec(entry.alias(), standard), plan -> 1)).isNotNull();
      assertThat(option.meaning()).endsWith(".");
      assertThatThrownBy(
              () ->
                  catalog.create(
                      new PlannerSpec(entry.name(), Map.of(option.key(), "nonsense")), plan -> 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(option.key())
          .hasMessageContaining(option.allowed())
          .hasMessageContaining("nonsense");
    }
  }

  @Test
  void namesTheNearestPlanner() {
    assertThatThrownBy(() -> create("neurosurgon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no planner neurosurgon")
        .hasMessageContaining("Maybe neurosurgeon was meant")
        .hasMessageContaining("known are local, remote,");
    assertThatThrownBy(() -> create("Partition.mincut"))
        .hasMessageContaining("Maybe partition.MinCut was meant");
  }

  @Test
  void namesTheNearestOption() {
    assertThatThrownBy(() -> create("cleave{hegde=0}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no option hegde")
        .hasMessageContaining("Maybe hedge was meant");
    assertThatThrownBy(() -> create("local{fast=yes}")).hasMessageContaining("has no options");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cleave{hedge=-1}",
        "cleave{hedge=NaN}",
        "cleave{hedge=soon}",
        "cleave{table=2}",
        "neurosurgeon{objective=money}",
        "dina-p{airtime=both}",
        "edgent{direction=upwards}",
        "edgent{direction=edge_first}",
        "edgent-dynamic{states=2/1}",
        "edgent-dynamic{states=0/1}",
        "edgent-dynamic{states=1/}",
        "edgent-dynamic{expected-run=1}"
      })
  void refusesValuesOutOfRange(String text) {
    assertThatThrownBy(() -> create(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be");
  }

  /** YAML 1.1 turns on and off into true and false. */
  @Test
  void takesYamlsIdeaOfOnAndOff() {
    Planner planner =
        catalog.create(PlannerSpec.of("cleave", Map.of("table", false, "hedge", false)));
    PlanTable table = planner.plan(HandMade.observation());
    assertThat(table.entries()).hasSize(1);
    assertThat(table.entries().get(0).plan().hedge().armed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edgent{direction=device-first,table=on}",
        "edgent-dynamic{direction=device-first}",
        "edgent-dynamic{states=0.05/1/1.5,expected-run=60}"
      })
  void takesOptionsOfSeveralWordsAndNumbers(String text) {
    assertThat(create(text).plan(HandMade.observation()).entries()).isNotEmpty();
  }

  @Test
  void oracleNeedsAForecast() {
    assertThatThrownBy(() -> create("oracle"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("knows the future");
    assertThat(catalog.create(spec("oracle"), plan -> 1)).isInstanceOf(Oracle.class);
  }

  @Test
  void whoLearnsFromEachFrameIsNoPlannerForAController() {
    assertThatThrownBy(() -> create("ans"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learns from each frame");
    assertThat(catalog.names().stream().filter(name -> catalog.byFrame(spec(name))))
        .containsExactly("ans", "oracle");
  }

  @Test
  void refusesANameTwice() {
    PlannerEntry again =
        new PlannerEntry(
            "mine.Own", "local", Origin.OWN, List.of(), (options, none) -> new LocalOnly());
    assertThatThrownBy(() -> catalog.register(again)).hasMessageContaining("local is taken");
  }

  @Test
  void findsOptionsThatAPlannerForgets() {
    Option option = new Option("depth", "3", "a number", "How deep.");
    catalog.register(
        new PlannerEntry(
            "mine.Own", "own", Origin.OWN, List.of(option), (options, none) -> new LocalOnly()));
    assertThatThrownBy(() -> create("own"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("never read: [depth]");
    catalog.register(
        new PlannerEntry(
            "mine.Other",
            "other",
            Origin.OWN,
            List.of(),
            (options, none) -> {
              options.text("depth");
              return new LocalOnly();
            }));
    assertThatThrownBy(() -> create("other"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not declare");
  }

  /** Case 17: whoever minimises latency is never later than local, by the cost model. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void noPlannerOfLeastLatencyIsWorseThanLocal(long seed) {
    Set<String> weighing = Set.of("cleave", "weighted", "learned", "dqn");
    Set<String> careless = Set.of("remote", "dads-heavy", "dads", "edgent-dynamic", "ans");
    for (Observation observation :
        List.of(RandomProblems.chain(seed, 12), RandomProblems.dag(seed, 12))) {
      double local = CostModel.estimate(Plan.local(observation.graph()), observation).seconds();
      for (String name : catalog.names()) {
        if (!weighing.contains(name) && !careless.contains(name)) {
          Plan plan = decided(catalog.create(spec(name), forecast(observation)), observation);
          assertThat(CostModel.estimate(plan, observation).seconds())
              .as(name)
              .isLessThanOrEqualTo(local * (1 + 1e-12));
        }
      }
      Plan plan = decided(create("cleave{hedge=0}"), observation);
      assertThat(CostModel.estimate(plan, observation).seconds())
          .isLessThanOrEqualTo(local * (1 + 1e-12));
    }
  }

  /** Without any link, everyone is local but all-remote, and who asks no link has to find out. */
  @ParameterizedTest
  @MethodSource("planners")
  void outageOfAllLinksIsLocal(PlannerEntry entry) {
    Observation outage = HandMade.observation(HandMade.skip(), 0, 2);
    Plan plan = decided(catalog.create(spec(entry.alias()), forecast(outage)), outage);
    assertThat(plan.isLocal()).isEqualTo(!Set.of("remote", "ans").contains(entry.alias()));
  }

  private static Forecast forecast(Observation observation) {
    return plan -> CostModel.estimate(plan, observation).seconds();
  }

  private static Plan decided(Planner planner, Observation observation) {
    PlanTable table = planner.plan(observation);
    Bandwidth up =
        table.entries().stream()
            .flatMap(entry -> entry.plan().stages().stream())
            .filter(stage -> stage.node() != Stage.DEVICE)
            .map(stage -> observation.server(stage.node()).link().up())
            .findFirst()
            .orElse(new Bandwidth(1));
    return table.at(up).plan();
  }

  private Planner create(String text) {
    return catalog.create(PlannerSpec.parse(text));
  }

  private static PlannerSpec spec(String name) {
    return new PlannerSpec(name, Map.of());
  }
}
