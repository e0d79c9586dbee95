package io.cleave.controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Production cannot see a recorded future, nor the machines' programs each other. */
@AnalyzeClasses(packages = "io.cleave", importOptions = ImportOption.DoNotIncludeTests.class)
class ControllerArchitectureTest {
  @ArchTest
  static final ArchRule knows_the_policies_only =
      noClasses()
          .that()
          .resideInAPackage("io.cleave.controller..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.cleave.traces..", "io.cleave.testbed..", "io.cleave.agents..");
}
