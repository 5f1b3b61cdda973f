package org.anabranch.spark.job;

import java.util.List;

/** Looks at one side of the machine. Takes less than a second and changes nothing. */
interface Probe {
  /** What this side is called: a word or two. */
  String subject();

  List<Finding> look();
}
