package org.anabranch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.anabranch.lint.HouseRules;
import org.anabranch.lint.Layering;
import org.junit.jupiter.api.Test;

class LayeringTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("org/anabranch/lint/"))
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
  void packagesHaveNoCycles() {
    Layering.noCycles().check(MAIN);
  }

  @Test
  void onlySimdImportsTheVectorModule() {
    HouseRules.vectorsOnlyInSimd().check(MAIN);
  }

  @Test
  void coreKnowsNothingOfSpark() {
    HouseRules.noSpark().check(MAIN);
  }

  @Test
  void noTypeIsADrawer() {
    HouseRules.noDrawers().check(MAIN);
  }

  @Test
  void onlyTheCommandLineWritesToStandardStreams() {
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
