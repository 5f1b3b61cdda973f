package org.anabranch.bench;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.anabranch.lint.HouseRules;
import org.anabranch.lint.Layering;
import org.junit.jupiter.api.Test;

class LayeringTest {
  /** Without what JMH writes, in packages of its own. */
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("org/anabranch/lint/"))
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .importPackages("org.anabranch");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("org.anabranch");

  @Test
  void aPackageImportsOnlyPackagesBeforeIt() {
    Layering.order().check(MAIN);
  }

  @Test
  void onlySimdImportsTheVectorModule() {
    HouseRules.vectorsOnlyInSimd().check(MAIN);
  }

  @Test
  void noTypeIsADrawer() {
    HouseRules.noDrawers().check(MAIN);
  }

  @Test
  void onlyTheCommandLinesWriteToStandardStreams() {
    HouseRules.noStandardStreams().check(MAIN);
  }

  @Test
  void noRandomNumberDependsOnPastCalls() {
    HouseRules.noStatefulRandomness().check(MAIN);
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    HouseRules.everyPackageSaysWhatItIsFor().check(MAIN);
  }

  @Test
  void everyTestIsInAClassThatIsRun() {
    HouseRules.testsAreFound().check(TESTS);
  }
}
