"""Pure decisions: facts and `now` come in, values go out; nothing here touches network, clock, disk or database."""
