package org.anabranch.nowhere;

/** Stands in no layer, in a package without package-info. */
final class Lost {}
