package io.cleave.agents;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Production cannot see a recorded future, nor the machines' programs each other. */
@AnalyzeClasses(packages = "io.cleave", importOptions = ImportOption.DoNotIncludeTests.class)
class AgentArchitectureTest {
  @ArchTest
  static final ArchRule knows_the_policies_only =
      noClasses()
          .that()
          .resideInAPackage("io.cleave.agents..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.cleave.traces..", "io.cleave.testbed..", "io.cleave.controller..");

  /** One package knows the engine, and none the format. */
  @ArchTest
  static final ArchRule leave_the_engine_to_one_package =
      noClasses()
          .that()
          .resideInAPackage("io.cleave.agents..")
          .and()
          .resideOutsideOfPackage("io.cleave.agents.dnn")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule leave_the_format_to_the_policies =
      noClasses()
          .that()
          .resideInAPackage("io.cleave.agents..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx..", "ai.onnxruntime..");

  /** The calls' messages are made of its bytes; beyond them nobody knows what is on the wire. */
  @ArchTest
  static final ArchRule leave_the_wire_to_one_package =
      noClasses()
          .that()
          .resideInAPackage("io.cleave.agents..")
          .and()
          .resideOutsideOfPackage("io.cleave.agents.data")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");
}
