package io.cleave.policies.matching;

/** Assigns the devices of a site. Deterministic: what is random was seeded when it was built. */
@FunctionalInterface
public interface Matcher {
  /** Never over a quota or a memory. */
  Assignment match(SiteGame game);
}
