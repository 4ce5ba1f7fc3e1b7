#!/bin/sh
# Asks the new version itself, past the alias, between two steps. Any exit code but 0 takes the release back.
answer=$(sluice invoke "$SLUICE_ENVIRONMENT" --qualifier "$SLUICE_TO" --payload '{"salary": 1000}') || exit
case $answer in
*'"bonus":'[1-9]*) ;;
*) echo "version $SLUICE_TO answered $answer"; exit 1 ;;
esac
