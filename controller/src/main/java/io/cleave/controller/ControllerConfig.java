package io.cleave.controller;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The keys {@code cleave.controller.*}; docs/controller.md explains them. */
@ConfigMapping(prefix = "cleave.controller")
interface ControllerConfig {
  @WithDefault("cleave")
  String planner();

  /** Id of a {@link io.cleave.policies.control.Targeting}. */
  @WithDefault("each")
  String targeting();

  @WithDefault("0")
  double minGain();

  @WithDefault("0S")
  Duration hold();

  @WithDefault("0S")
  Duration switchCost();

  @WithDefault("10S")
  Duration lease();

  @WithDefault("3S")
  Duration maxReportAge();

  @WithDefault("1S")
  Duration debounce();

  @WithDefault("30S")
  Duration expiry();

  @WithDefault("10M")
  Duration memory();

  @WithDefault("10000")
  int maxAgents();

  /** Folder of the journal and the models. */
  Path state();

  Path models();

  MemorySize maxModelSize();

  Journal journal();

  /** The keys {@code cleave.controller.journal.*}. */
  interface Journal {
    @WithDefault("7D")
    Duration maxAge();

    @WithDefault("2G")
    MemorySize maxSize();

    @WithDefault("20000")
    int maxWaiting();
  }
}
