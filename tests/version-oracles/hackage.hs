import Data.Version
import Text.ParserCombinators.ReadP (readP_to_S)

main :: IO ()
main = interact (unlines . map answer . lines)

answer :: String -> String
answer line = case map parse (words line) of
  [Just left, Just right] -> case compare left right of { LT -> "<"; EQ -> "="; GT -> ">" }
  _ -> "!"

parse :: String -> Maybe Version
parse text = case [version | (version, "") <- readP_to_S parseVersion text] of { [version] -> Just version; _ -> Nothing }
