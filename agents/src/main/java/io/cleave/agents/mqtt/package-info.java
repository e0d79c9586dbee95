/** What an agent says and hears over MQTT: its births, reports and plans, and who else is there. */
@NullMarked
package io.cleave.agents.mqtt;

import org.jspecify.annotations.NullMarked;
