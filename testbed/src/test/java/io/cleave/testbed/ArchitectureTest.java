package io.cleave.testbed;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Random;
import java.util.Set;

/** The arrows of docs/architecture.md and the manners of STYLE.md, as tests. */
@AnalyzeClasses(packages = "io.cleave", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String POLICIES = "io.cleave.policies..";
  private static final String TRACES = "io.cleave.traces..";
  private static final String TESTBED = "io.cleave.testbed..";
  private static final String TRANSPORT = "io.cleave.transport..";
  private static final String AGENTS = "io.cleave.agents..";
  private static final String CONTROLLER = "io.cleave.controller..";

  @ArchTest
  static final ArchRule policies_depend_on_nothing_of_ours =
      noClasses()
          .that()
          .resideInAPackage(POLICIES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TRACES, TRANSPORT, TESTBED, AGENTS, CONTROLLER);

  @ArchTest
  static final ArchRule the_transport_depends_on_policies_only =
      noClasses()
          .that()
          .resideInAPackage(TRANSPORT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TRACES, TESTBED, AGENTS, CONTROLLER);

  @ArchTest
  static final ArchRule traces_depend_on_nothing_of_ours =
      noClasses()
          .that()
          .resideInAPackage(TRACES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(POLICIES, TRANSPORT, TESTBED, AGENTS, CONTROLLER);

  @ArchTest
  static final ArchRule the_testbed_links_neither_agents_nor_controller =
      noClasses()
          .that()
          .resideInAPackage(TESTBED)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AGENTS, CONTROLLER);

  @ArchTest
  static final ArchRule planners_know_neither_wire_nor_loop =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.cleave.policies.units..",
              "io.cleave.policies.graph..",
              "io.cleave.policies.onnx..",
              "io.cleave.policies.profile..",
              "io.cleave.policies.plan..",
              "io.cleave.policies.cost..",
              "io.cleave.policies.baseline..",
              "io.cleave.policies.partition..",
              "io.cleave.policies.answers..",
              "io.cleave.policies.exits..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.cleave.policies.wire..",
              "io.cleave.policies.control..",
              "io.cleave.policies.catalog..");

  @ArchTest
  static final ArchRule onnx_classes_stay_in_one_package =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.cleave.policies.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnx..");

  @ArchTest
  static final ArchRule djl_stays_in_two_packages =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.cleave.agents.dnn..", "io.cleave.policies.learning..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule packages_form_no_cycles =
      slices().matching("io.cleave.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule pure_modules_take_time_and_chance_as_arguments =
      noClasses()
          .that()
          .resideInAnyPackage(POLICIES, TRACES)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .dependOnClassesThat(
              resideInAnyPackage("java.net..", "java.util.concurrent..")
                  .and(DescribedPredicate.not(resideInAPackage("java.util.concurrent.atomic.."))));

  /** Whoever describes calls in a proto file does not choose the names of what is made from it. */
  private static final DescribedPredicate<JavaClass> ARE_OURS =
      DescribedPredicate.not(
          DescribedPredicate.describe(
              "made from a proto file",
              type -> type.getName().startsWith("io.cleave.transport.grpc.SlicesGrpc")));

  @ArchTest
  static final ArchRule names_are_nouns_of_the_domain =
      noClasses()
          .that(ARE_OURS)
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Base")
          .orShould()
          .haveSimpleNameEndingWith("Service")
          .orShould()
          .haveSimpleNameStartingWith("Abstract");

  /** Implemented elsewhere by design (future, worlds), or mostly by lambdas (a run's frames). */
  private static final Set<String> OPEN_INTERFACES = Set.of("Forecast", "Environment", "FrameSink");

  @ArchTest
  static final ArchRule an_interface_has_two_implementations =
      classes()
          .that()
          .areInterfaces()
          .and()
          .areNotAnnotations()
          .and()
          .doNotHaveSimpleName("package-info")
          .and(ARE_OURS)
          .should(haveNotJustOneImplementation());

  private static ArchCondition<JavaClass> haveNotJustOneImplementation() {
    return new ArchCondition<>("have no implementation class (a lambda's type) or at least two") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean lonely =
            type.getAllSubclasses().size() == 1 && !OPEN_INTERFACES.contains(type.getSimpleName());
        events.add(
            new SimpleConditionEvent(
                type, !lonely, type.getName() + " has a single implementation; use the class"));
      }
    };
  }
}
